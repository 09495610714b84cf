package io.headworks.api.engine;

import io.headworks.api.run.Resources;
import java.nio.file.Path;

/** Found by {@link java.util.ServiceLoader}; cheap to construct. */
public interface EngineFactory {
    /** The value of {@code dialect:} and {@code engine:} it answers to. */
    String name();

    Engine open(Resources resources, Path temporary);

    /** A reader of SQL that opens no file. */
    SqlInspector inspector();

    /** A reader of SELECTs whose columns are followed; it opens no file. */
    SelectReader selects();
}
