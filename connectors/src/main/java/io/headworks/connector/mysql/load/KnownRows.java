package io.headworks.connector.mysql.load;

import io.headworks.connector.relational.Database.TouchedRows;
import io.headworks.connector.relational.Statements;
import io.headworks.connector.relational.WrittenRows;

/** The rows that a load wrote: all of a table that was filled directly, else those that the batch tells. */
record KnownRows(Statements sql, DirectRows direct, WrittenRows written) implements TouchedRows {
    @Override
    public void end() {
        written.end();
    }

    @Override
    public void without(String batchRows) {
        written.without(batchRows);
    }

    @Override
    public void marking(String tableRows) {
        written.marking(tableRows);
    }

    @Override
    public long count() {
        boolean untold = direct.filled() && !direct.isAlone();
        return untold ? -1 : sql.number("SELECT count(*) FROM " + from());
    }

    @Override
    public String from() {
        return direct.filled() ? direct.from() : written.from();
    }

    @Override
    public String hashAlgorithm() {
        return direct.filled() ? direct.hashAlgorithm() : written.hashAlgorithm();
    }

    @Override
    public String hash(String columns) {
        return direct.filled() ? direct.hash() : written.hash(columns);
    }
}
