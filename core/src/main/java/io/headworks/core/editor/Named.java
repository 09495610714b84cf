package io.headworks.core.editor;

import io.headworks.core.spec.Place;
import java.util.List;

/**
 * Something of a project that has a name.
 *
 * @param place where it is written
 * @param summary Markdown for people
 * @param columns those that are known; empty where they are not
 */
record Named(Kind kind, String name, Place place, String summary, List<String> columns) {
    enum Kind {
        CONNECTION,
        DATASET,
        PIPELINE,
        VARIABLE,
        ALERT_CHANNEL
    }

    Named {
        columns = List.copyOf(columns);
    }
}
