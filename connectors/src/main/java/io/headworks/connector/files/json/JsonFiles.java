package io.headworks.connector.files.json;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading;
import io.headworks.api.source.RowSource;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.api.type.DataType;
import io.headworks.api.type.Field;
import io.headworks.api.type.Schema;
import io.headworks.connector.files.columns.NameMatch;
import io.headworks.connector.files.columns.PathTypes;
import io.headworks.connector.files.columns.WantedColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON files, and others whose rows are records, as a source of batches. */
public final class JsonFiles {
    private final FileReading reading;
    private final WantedColumns wanted;
    private final RecordInput input;
    private final DataType mixed;

    private JsonFiles(FileReading reading, WantedColumns wanted, RecordInput input, DataType mixed) {
        this.reading = reading;
        this.wanted = wanted;
        this.input = input;
        this.mixed = mixed;
    }

    /** @param lines whether every line is a document of its own */
    public static JsonFiles json(FileReading reading, WantedColumns wanted, boolean lines) {
        RecordInput input = new JsonInput(lines, reading.options().encoding());
        return new JsonFiles(reading, wanted, input, DataType.Simple.JSON);
    }

    /** Sheets of workbooks, where a column of numbers and texts is one of texts. */
    public static JsonFiles sheets(FileReading reading, WantedColumns wanted, RecordInput input) {
        return new JsonFiles(reading, wanted, input, DataType.TEXT);
    }

    /**
     * The columns with their types. Where all columns are wanted, or a type is open, every record is read.
     *
     * @param notes takes what the user should know
     */
    public Schema look(List<InputFile> files, List<String> notes) {
        KeyColumns keys = keys(wanted.all());
        Map<Integer, KindGuess> guesses = new LinkedHashMap<>();
        boolean open = wanted.all() || wanted.data().stream().anyMatch(column -> wanted.type(column) == null);
        if (open) {
            files.forEach(file -> read(file, keys, guesses));
            noteAbsent(keys, guesses, notes);
        }
        PathTypes pathTypes = PathTypes.of(files);
        List<Field> fields = new ArrayList<>();
        for (String column : wanted.ordered(keys.columns())) {
            DataType declared = wanted.type(column);
            KindGuess guess = guesses.get(keys.columns().indexOf(column));
            DataType found = guess == null ? DataType.TEXT : guess.type();
            boolean special = wanted.special().containsKey(column);
            DataType type = declared != null ? declared : special ? pathTypes.type(column) : found;
            ValueReader.requireReadable(column, type);
            fields.add(new Field(column, type));
        }
        return new Schema(fields);
    }

    /** @param schema the columns {@link #look} found */
    public RowSource rows(Schema schema, List<InputFile> files) {
        ValueReader values = new ValueReader(
                new DateTimes(reading.options().dateFormat(), reading.options().timestampFormat()));
        return new RowSource.Streamed(rejects ->
                new JsonBatches(new JsonRows(schema, wanted.special(), keys(false), values), input, files, rejects));
    }

    private void read(InputFile file, KeyColumns keys, Map<Integer, KindGuess> guesses) {
        try (JsonRecords records = input.open(file)) {
            for (JsonRecord record = records.next(); record != null; record = records.next()) {
                for (int i = 0; record.fault() == null && i < record.keys().size(); i++) {
                    int column = keys.column(record.keys().get(i));
                    if (column >= 0) {
                        refuseSpecial(file, keys.columns().get(column));
                        guesses.computeIfAbsent(column, c -> new KindGuess(mixed))
                                .accept(record.values().get(i));
                    }
                }
            }
        } catch (IOException e) {
            throw JsonBatches.unreadable(file, e);
        }
    }

    private void refuseSpecial(InputFile file, String column) {
        if (wanted.special().containsKey(column)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read " + file.stamp().path() + ": column " + column
                            + " is in the file, and added from its path or line as well",
                    "give the added column another name");
        }
    }

    private void noteAbsent(KeyColumns keys, Map<Integer, KindGuess> guesses, List<String> notes) {
        for (String column : wanted.data()) {
            if (!guesses.containsKey(keys.columns().indexOf(column))) {
                notes.add("column " + column + " is in no record: NULL");
            }
        }
    }

    private KeyColumns keys(boolean grows) {
        return new KeyColumns(new NameMatch(reading.aliases()), reading.names(), wanted.data(), grows);
    }
}
