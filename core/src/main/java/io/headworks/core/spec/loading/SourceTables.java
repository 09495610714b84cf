package io.headworks.core.spec.loading;

import io.headworks.api.connection.Connection;
import io.headworks.api.source.SourceTable;
import java.util.List;

/** What sources hold, for pipelines of many tables. Asked at most once for each connection. */
public interface SourceTables {

    /**
     * The tables of a source.
     *
     * @throws io.headworks.api.failure.HeadworksException when it is out of reach, or has no tables
     */
    List<SourceTable> of(Connection connection);
}
