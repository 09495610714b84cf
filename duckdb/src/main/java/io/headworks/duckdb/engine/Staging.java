package io.headworks.duckdb.engine;

import io.headworks.api.engine.HiddenColumns;
import io.headworks.api.engine.Staged;
import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.FailPoint;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.Schema;
import io.headworks.duckdb.scan.CsvReading;
import java.util.List;
import java.util.Optional;

/** Brings extracts into work storage, in the order of their rows. */
final class Staging {
    private final SessionSql sql;
    private final WorkStorage work;
    private final Scans scans;
    private final CarefulCsv careful;
    private boolean carefully;

    Staging(SessionSql sql, WorkStorage work, Scans scans, CarefulCsv careful) {
        this.sql = sql;
        this.work = work;
        this.scans = scans;
        this.careful = careful;
    }

    Staged stage(String name, Scan scan) {
        Schema schema = Scans.schema(scan);
        List<String> texts = List.of(HiddenColumns.SOURCE);
        WorkTable rows = work.table(name);
        rows.create(sql, schema, texts);
        try (RejectTable rejects = new RejectTable(sql, work.table(name + "_rejects"))) {
            sql.inOrder(() -> Scans.leaves(scan).forEach(leaf -> leaf(leaf, rows, rejects)));
            rejects.flush();
            long count = sql.number("SELECT count(*) FROM " + rows.sql());
            return new Staged(rows.numbered(schema, texts), count, rejects.relation(), rejects.count());
        }
    }

    private void leaf(Scan leaf, WorkTable rows, RejectTable rejects) {
        if (leaf instanceof Csv csv) {
            csv(csv, rows, rejects);
        } else if (!(leaf instanceof Scan.Parquet parquet && parquet.files().isEmpty())) {
            insert(rows, scans.stored(leaf, true));
        }
        FailPoint.K6.pass();
    }

    /** True when the last delimited files needed our own reader. */
    boolean readCarefully() {
        return carefully;
    }

    private void csv(Csv scan, WorkTable rows, RejectTable rejects) {
        if (scan.files().isEmpty()) {
            return;
        }
        Optional<CsvReading> reading = scans.reading(scan);
        carefully = reading.isEmpty() || !isClean(scan, reading.get(), rows);
        sql.proved().forget(scan.files());
        if (carefully) {
            for (InputFile file : scan.files()) {
                careful.load(scan, file, rows, rejects);
            }
        }
    }

    /** Has the engine read the files as they stand; false, and nothing kept, when one of them is not clean. */
    private boolean isClean(Csv scan, CsvReading reading, WorkTable rows) {
        try {
            insert(rows, scans.asItStands(scan, reading, HiddenColumns.SOURCE));
            return true;
        } catch (HeadworksException dirty) {
            if (dirty.kind() != FailureKind.RUN) {
                throw dirty;
            }
            return false;
        }
    }

    private void insert(WorkTable rows, String select) {
        sql.execute("INSERT INTO " + rows.sql() + " " + select);
    }
}
