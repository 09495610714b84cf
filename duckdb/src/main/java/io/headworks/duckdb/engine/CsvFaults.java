package io.headworks.duckdb.engine;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.Csv;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.duckdb.csv.CsvSurvey;
import io.headworks.duckdb.csv.Fault;
import io.headworks.duckdb.scan.CsvSelect;
import io.headworks.duckdb.scan.ScanFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The strict scans of a session, to say where a statement over them failed. */
final class CsvFaults {
    private static final String CSV_ERROR = "CSV Error on Line";
    private final List<Csv> scans = new ArrayList<>();

    /** The number by which a scan names itself in errors. */
    int register(Csv scan) {
        scans.add(scan);
        return scans.size() - 1;
    }

    /** The failure that an engine's message means, when it comes from a scan. */
    Optional<HeadworksException> explain(String message) {
        Optional<ScanFault> fault = ScanFault.in(message);
        if (fault.isPresent()) {
            return Optional.of(misfit(scans.get(fault.get().scan()), fault.get()));
        }
        return message.contains(CSV_ERROR) ? malformed(message) : Optional.empty();
    }

    private static HeadworksException misfit(Csv scan, ScanFault fault) {
        ScanColumn column = scan.columns().get(fault.column());
        InputFile file = scan.files().stream()
                .filter(each -> each.path().toAbsolutePath().toString().equals(fault.file()))
                .findFirst()
                .orElse(scan.files().get(0));
        String line = "";
        if (column.origin() == ScanColumn.Origin.DATA) {
            OptionalLong found = line(scan, file, column.sourceIndex(), fault.text());
            line = found.isPresent() ? ", line " + found.getAsLong() : "";
        }
        return new HeadworksException(
                FailureKind.RUN,
                "Cannot read " + file.stamp().path() + line + ": column '" + column.name() + "' holds '" + fault.text()
                        + "', which does not fit " + column.type() + " exactly");
    }

    private static OptionalLong line(Csv scan, InputFile file, int field, String text) {
        try {
            return CsvSurvey.lineOf(file.path(), scan.dialect(), field, text);
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    /** The engine's line numbers are not always true: the file is looked through again. */
    private Optional<HeadworksException> malformed(String message) {
        for (Csv scan : scans) {
            for (InputFile file : scan.files()) {
                if (message.contains(file.path().toAbsolutePath().toString())) {
                    return first(scan, file);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<HeadworksException> first(Csv scan, InputFile file) {
        try {
            return CsvSurvey.firstFault(file.path(), scan.dialect(), CsvSelect.wanted(scan))
                    .map(fault -> failure(scan, file, fault));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static HeadworksException failure(Csv scan, InputFile file, Fault fault) {
        String column = scan.columns().stream()
                .filter(each -> each.sourceIndex() == fault.field() && each.origin() == ScanColumn.Origin.DATA)
                .findFirst()
                .map(each -> " (column '" + each.name() + "')")
                .orElse("");
        return new HeadworksException(
                FailureKind.RUN,
                "Cannot read " + file.stamp().path() + ", line " + fault.line() + ", byte " + fault.offset() + ": "
                        + fault.reason() + column,
                "With error_handling.strategy: dead-letter such rows go to the dead letter.");
    }
}
