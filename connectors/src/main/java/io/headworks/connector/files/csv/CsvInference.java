package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.connector.files.infer.ColumnGuess;
import io.headworks.connector.files.text.Compression;
import io.headworks.connector.files.text.MalformedText;
import io.headworks.connector.files.text.StrictReader;
import io.headworks.connector.files.text.TextEncoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the types of columns from every record of every file. Records that will be rejected as malformed do not count. */
final class CsvInference {
    private final Map<String, ColumnGuess> guesses = new LinkedHashMap<>();
    private final boolean encodingGiven;

    CsvInference(List<String> columns, boolean encodingGiven) {
        columns.forEach(column -> guesses.put(column, new ColumnGuess()));
        this.encodingGiven = encodingGiven;
    }

    Map<String, ColumnGuess> guesses() {
        return guesses;
    }

    /**
     * Reads a file whole.
     *
     * @param indexes where the file keeps each column; -1 where it has none
     * @return the encoding the file turned out to have
     */
    TextEncoding read(CsvProfile profile, Map<String, Integer> indexes) throws IOException {
        try {
            read(profile, profile.encoding(), indexes);
            return profile.encoding();
        } catch (MalformedText malformed) {
            if (encodingGiven || !profile.encoding().equals(TextEncoding.UTF_8) || hasWideText(profile)) {
                throw new HeadworksException(
                        FailureKind.RUN,
                        "Cannot read " + profile.path() + ": " + malformed.getMessage(),
                        "set extract.files.options.encoding to the file's, or have the file repaired",
                        malformed);
            }
        }
        // the beginning was plain ASCII; what follows is not UTF-8, so it is one byte a character
        TextEncoding encoding;
        try (InputStream in = Compression.open(profile.file().path(), profile.path())) {
            encoding = TextEncoding.singleByte(in);
        }
        read(profile, encoding, indexes);
        return encoding;
    }

    private void read(CsvProfile profile, TextEncoding encoding, Map<String, Integer> indexes) throws IOException {
        int width = profile.columns();
        ColumnGuess[] byField = new ColumnGuess[width];
        guesses.forEach((column, guess) -> {
            int index = indexes.getOrDefault(column, -1);
            guess.readWith(profile.decimal());
            if (index >= 0) {
                byField[index] = guess;
            }
        });
        boolean emptyIsNull =
                profile.nulls().size() == 1 && profile.nulls().get(0).isEmpty();
        try (InputStream in = Compression.open(profile.file().path(), profile.path());
                Reader reader = new StrictReader(in, encoding)) {
            CsvRecords records = new CsvRecords(reader, profile.syntax());
            records.skipLines(profile.skip());
            boolean header = profile.hasHeader();
            while (records.next()) {
                if (header) {
                    header = false;
                } else if (records.fault() == null && records.fields() == width) {
                    accept(records, byField, profile, emptyIsNull);
                }
            }
        }
    }

    private static void accept(CsvRecords records, ColumnGuess[] byField, CsvProfile profile, boolean emptyIsNull) {
        char[] text = records.text();
        for (int i = 0; i < byField.length; i++) {
            ColumnGuess guess = byField[i];
            if (guess == null || guess.isKnownText()) {
                continue;
            }
            int from = records.start(i);
            int to = records.end(i);
            boolean isNull = from == to || !emptyIsNull && profile.isNull(new String(text, from, to - from));
            if (!isNull) {
                guess.accept(text, from, to);
            }
        }
    }

    private static boolean hasWideText(CsvProfile profile) {
        return profile.rows().stream().anyMatch(row -> row.stream().anyMatch(CsvInference::isWide))
                || profile.header().stream().anyMatch(CsvInference::isWide);
    }

    private static boolean isWide(String text) {
        return text.chars().anyMatch(c -> c >= 0x80);
    }
}
