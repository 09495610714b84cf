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
import java.util.List;

/** Brings extracts into work storage, in the order of their rows. */
final class Staging {
    private final SessionSql sql;
    private final WorkStorage work;
    private final Scans scans;
    private final CarefulCsv careful;

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
        sql.execute("SET SESSION preserve_insertion_order = true");
        try (RejectTable rejects = new RejectTable(sql, work.table(name + "_rejects"))) {
            long count = 0;
            for (Scan leaf : Scans.leaves(scan)) {
                count += leaf instanceof Csv csv ? csv(csv, rows, rejects) : strict(leaf, rows);
                FailPoint.K6.pass();
            }
            rejects.flush();
            return new Staged(rows.numbered(schema, texts), count, rejects.relation(), rejects.count());
        } finally {
            if (!sql.cancellation().requested()) {
                sql.execute("SET SESSION preserve_insertion_order = false");
            }
        }
    }

    private long csv(Csv scan, WorkTable rows, RejectTable rejects) {
        if (scan.files().isEmpty()) {
            return 0;
        }
        if (scans.engineReads(scan)) {
            try {
                return strict(scan, rows);
            } catch (HeadworksException dirty) {
                if (dirty.kind() != FailureKind.RUN) {
                    throw dirty;
                }
            }
        }
        long count = 0;
        for (InputFile file : scan.files()) {
            count += careful.load(scan, file, rows, rejects);
        }
        return count;
    }

    private long strict(Scan leaf, WorkTable rows) {
        return sql.update("INSERT INTO " + rows.sql() + " " + scans.inPlace(leaf, HiddenColumns.SOURCE));
    }
}
