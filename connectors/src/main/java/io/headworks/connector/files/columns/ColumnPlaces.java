package io.headworks.connector.files.columns;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.MissingColumns;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where each file of several keeps the wanted columns, and what becomes of a file that misses one. */
public final class ColumnPlaces {
    private final FileReading reading;
    private final WantedColumns wanted;
    private final NameMatch match;
    private final List<String> data;
    private final Set<String> folded = new HashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();

    public ColumnPlaces(FileReading reading, WantedColumns wanted, NameMatch match) {
        this.reading = reading;
        this.wanted = wanted;
        this.match = match;
        this.data = new ArrayList<>(wanted.data());
        data.forEach(column -> folded.add(column.toLowerCase(Locale.ROOT)));
    }

    /**
     * The columns of a file.
     *
     * @param names unique in any case
     * @param raw as they are written in the file
     * @param byPosition whether the columns wanted are taken in their order, whatever they are called
     */
    public record Header(String path, List<String> names, List<String> raw, boolean byPosition) {}

    /** The wanted columns that come from the data of the files. */
    public List<String> data() {
        return data;
    }

    public List<String> notes() {
        return notes;
    }

    /** Paths of files left out because they miss a column. */
    public List<String> rejected() {
        return rejected;
    }

    /** Adds the columns of a file that are not known yet, where all columns are wanted. */
    public void collect(Header header) {
        if (!wanted.all() || header.byPosition() && !data.isEmpty()) {
            return;
        }
        for (int i = 0; i < header.names().size(); i++) {
            String column = match.canonical(header.names().get(i), header.raw().get(i));
            if (wanted.special().containsKey(column)) {
                throw new HeadworksException(
                        FailureKind.PROJECT,
                        "Cannot read " + header.path() + ": column " + column
                                + " is in the file, and added from its path or line as well",
                        "give the added column another name");
            }
            if (folded.add(column.toLowerCase(Locale.ROOT))) {
                data.add(column);
            }
        }
    }

    /**
     * The index of each column in a file, -1 for one that becomes NULL; empty when the file is left out.
     *
     * @throws HeadworksException when a column is missing and that stops the run
     */
    public Optional<Map<String, Integer>> locate(Header header) {
        Map<String, Integer> places = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        NameIndex names = new NameIndex(header.names());
        NameIndex raw = new NameIndex(header.raw());
        for (int i = 0; i < data.size(); i++) {
            int position = i < header.names().size() ? i : -1;
            int index = header.byPosition() ? position : match.indexOf(data.get(i), names, raw, header.path());
            places.put(data.get(i), index);
            if (index < 0) {
                missing.add(data.get(i));
            }
        }
        if (!missing.isEmpty() && !tolerate(header, missing)) {
            return Optional.empty();
        }
        noteExtra(header, places);
        return Optional.of(places);
    }

    private boolean tolerate(Header header, List<String> missing) {
        String sentence = "column" + (missing.size() > 1 ? "s " : " ") + String.join(", ", missing)
                + " missing (it has " + String.join(", ", header.names()) + ")";
        if (reading.missingColumns() == MissingColumns.STOP) {
            throw new HeadworksException(
                    FailureKind.SCHEMA_CHANGE,
                    "Cannot read " + header.path() + ": " + sentence,
                    "name it in extract.files.aliases, or set extract.files.missing_columns to set-null or reject-file");
        }
        boolean setNull = reading.missingColumns() == MissingColumns.SET_NULL;
        notes.add(header.path() + ": " + sentence + (setNull ? "; NULL" : "; the file is left out"));
        if (!setNull) {
            rejected.add(header.path());
        }
        return setNull;
    }

    private void noteExtra(Header header, Map<String, Integer> places) {
        List<String> extra = new ArrayList<>();
        Set<Integer> read = new HashSet<>(places.values());
        for (int i = 0; i < header.names().size(); i++) {
            if (!read.contains(i)) {
                extra.add(header.names().get(i));
            }
        }
        if (!extra.isEmpty()) {
            notes.add(header.path() + ": not read: " + String.join(", ", extra));
        }
    }
}
