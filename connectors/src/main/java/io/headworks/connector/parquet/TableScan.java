package io.headworks.connector.parquet;

import io.headworks.api.engine.EngineSession;
import io.headworks.api.engine.Relation;
import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.source.Scan.ScanColumn.Origin;
import io.headworks.api.type.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Files of a table as rows with the columns it has today, whatever columns it had when they were written. */
final class TableScan {
    private final EngineSession engine;
    private final List<Schema> columnSets;

    /** @param columnSets as in {@link Version#columnSets} */
    TableScan(EngineSession engine, List<Schema> columnSets) {
        this.engine = engine;
        this.columnSets = List.copyOf(columnSets);
    }

    Relation rows(List<DataFile> files) {
        return rows(files, columnSets.get(columnSets.size() - 1));
    }

    /** @param wanted columns of today's */
    Relation rows(List<DataFile> files, Schema wanted) {
        if (files.isEmpty()) {
            return engine.empty(wanted);
        }
        Map<Integer, List<DataFile>> bySet =
                files.stream().collect(Collectors.groupingBy(DataFile::columns, TreeMap::new, Collectors.toList()));
        List<Scan> scans = new ArrayList<>();
        bySet.forEach((set, members) -> scans.add(scan(members, columnSets.get(set), wanted)));
        return engine.scan(scans.size() == 1 ? scans.get(0) : new Scan.Union(scans));
    }

    private static Scan scan(List<DataFile> files, Schema written, Schema wanted) {
        List<ScanColumn> columns = wanted.fields().stream()
                .map(field -> new ScanColumn(
                        field.name(),
                        field.type(),
                        written.has(field.name()) ? Origin.DATA : Origin.ABSENT,
                        field.name(),
                        -1))
                .toList();
        return new Scan.Parquet(files.stream().map(TableScan::input).toList(), columns);
    }

    private static InputFile input(DataFile file) {
        return new InputFile(file.path(), new FileStamp(file.name(), file.bytes(), Instant.EPOCH, null, Map.of()));
    }
}
