package io.headworks.api.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A dataset as project files name it: {@code [connection:][schema.]table}. The word before a dot is never a connection;
 * without one the dataset is in the connection of the block that names it.
 */
public record DatasetName(@Nullable String connection, TableName table) {
    public static DatasetName parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new DatasetName(null, TableName.parse(text))
                : new DatasetName(text.substring(0, colon), TableName.parse(text.substring(colon + 1)));
    }

    public DatasetName in(String defaultConnection) {
        return connection == null ? new DatasetName(defaultConnection, table) : this;
    }

    @Override
    public String toString() {
        return connection == null ? table.toString() : connection + ":" + table;
    }
}
