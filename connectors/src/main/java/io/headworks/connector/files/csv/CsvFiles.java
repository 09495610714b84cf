package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Match;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.source.Scan.ScanColumn;
import io.headworks.api.source.Scan.ScanColumn.Origin;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.files.columns.ColumnPlaces;
import io.headworks.connector.files.columns.ColumnPlaces.Header;
import io.headworks.connector.files.columns.Detected;
import io.headworks.connector.files.columns.NameMatch;
import io.headworks.connector.files.columns.PathTypes;
import io.headworks.connector.files.columns.WantedColumns;
import io.headworks.connector.files.infer.ColumnGuess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Looks at delimited files together: dialects, columns, types. One look each. */
public final class CsvFiles {
    private final FileReading reading;
    private final WantedColumns wanted;
    private final NameMatch match;
    private final ColumnPlaces places;
    private final Detected detected = new Detected();
    private final List<String> notes = new ArrayList<>();
    private final List<CsvProfile> profiles = new ArrayList<>();
    private final List<Map<String, Integer>> indexes = new ArrayList<>();

    public CsvFiles(FileReading reading, WantedColumns wanted) {
        this.reading = reading;
        this.wanted = wanted;
        this.match = new NameMatch(reading.aliases());
        this.places = new ColumnPlaces(reading, wanted, match);
    }

    /** @throws HeadworksException when a dialect is ambiguous, a column is missing, or a file cannot be read */
    public CsvLook look(List<InputFile> files) {
        List<CsvProfile> found = profiles(files);
        found.forEach(profile -> places.collect(header(profile)));
        found.forEach(this::locate);
        Map<String, ColumnGuess> guesses = infer();
        DateResolution resolution = new DateResolution(reading.options(), paths());
        DateForms forms = resolution.inferred(guesses, notes);
        PathTypes pathTypes = PathTypes.of(files);
        List<Field> fields = new ArrayList<>();
        for (String column : wanted.ordered(places.data())) {
            DataType declared = wanted.type(column);
            ColumnGuess guess = guesses.get(column);
            DataType type = declared != null
                    ? declared
                    : guess != null ? resolution.type(guess, forms) : pathTypes.type(column);
            fields.add(new Field(column, type));
        }
        Schema schema = new Schema(fields);
        List<CsvFile> ready = new ArrayList<>();
        for (int i = 0; i < profiles.size(); i++) {
            ready.add(ready(i, schema, resolution, forms, guesses));
        }
        notes.addAll(places.notes());
        return new CsvLook(schema, ready, places.rejected(), detected.summary(), notes);
    }

    private List<CsvProfile> profiles(List<InputFile> files) {
        CsvDetection detection = new CsvDetection(reading, match.spellings(wanted.data()));
        List<CsvProfile> found = new ArrayList<>();
        for (InputFile file : files) {
            try {
                Optional<CsvProfile> profile = detection.profile(file);
                profile.ifPresentOrElse(
                        found::add, () -> notes.add(file.stamp().path() + " is empty: it has no header and no rows"));
            } catch (IOException e) {
                throw unreadable(file.stamp().path(), e);
            }
        }
        return found;
    }

    private void locate(CsvProfile profile) {
        places.locate(header(profile)).ifPresent(found -> {
            profiles.add(profile);
            indexes.add(found);
            profile.names().changes().forEach(change -> notes.add(profile.path() + ": " + change));
        });
    }

    private Header header(CsvProfile profile) {
        boolean byPosition = reading.match() == Match.POSITION || !profile.hasHeader();
        List<String> names = profile.names().names();
        return new Header(profile.path(), names, profile.hasHeader() ? profile.header() : names, byPosition);
    }

    private Map<String, ColumnGuess> infer() {
        List<String> open = places.data().stream()
                .filter(column -> wanted.type(column) == null)
                .toList();
        CsvInference inference = new CsvInference(open, reading.options().encoding() != null);
        for (int i = 0; !open.isEmpty() && i < profiles.size(); i++) {
            CsvProfile profile = profiles.get(i);
            new SecondHeader(profile).refuse(indexes.get(i), open);
            try {
                profiles.set(i, profile.withEncoding(inference.read(profile, indexes.get(i))));
            } catch (IOException e) {
                throw unreadable(profile.path(), e);
            }
        }
        return inference.guesses();
    }

    private CsvFile ready(
            int file, Schema schema, DateResolution resolution, DateForms forms, Map<String, ColumnGuess> guesses) {
        CsvProfile profile = profiles.get(file);
        Map<String, DataType> declared = new LinkedHashMap<>();
        schema.fields().stream()
                .filter(field -> !guesses.containsKey(field.name()))
                .forEach(field -> declared.put(field.name(), field.type()));
        String timestamp = guesses.values().stream()
                .filter(guess -> guess.isTimestamp() && !forms.timestamps().isEmpty())
                .map(guess ->
                        guess.timestampFormat(forms.timestamps().iterator().next()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        FileDates dates = resolution.of(profile, indexes.get(file), declared, forms, timestamp);
        Map<String, String> found = new LinkedHashMap<>(profile.detected());
        if (dates.dateFormat() != null && reading.options().dateFormat() == null) {
            found.put("date_format", dates.dateFormat());
        }
        if (dates.timestampFormat() != null && reading.options().timestampFormat() == null) {
            found.put("timestamp_format", dates.timestampFormat());
        }
        detected.add(profile.path(), found);
        return new CsvFile(profile, dates, columns(file, schema));
    }

    private List<ScanColumn> columns(int file, Schema schema) {
        CsvProfile profile = profiles.get(file);
        List<ScanColumn> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            Origin special = wanted.special().get(field.name());
            int index = special != null ? -1 : indexes.get(file).getOrDefault(field.name(), -1);
            Origin origin = special != null ? special : index >= 0 ? Origin.DATA : Origin.ABSENT;
            String name = index >= 0 ? profile.names().names().get(index) : field.name();
            columns.add(new ScanColumn(field.name(), field.type(), origin, name, index));
        }
        return columns;
    }

    private String paths() {
        return profiles.isEmpty()
                ? "no file"
                : profiles.get(0).path() + (profiles.size() == 1 ? "" : " and " + (profiles.size() - 1) + " more");
    }

    private static HeadworksException unreadable(String path, IOException e) {
        return new HeadworksException(FailureKind.RUN, "Cannot read " + path + ": " + e.getMessage(), null, e);
    }
}
