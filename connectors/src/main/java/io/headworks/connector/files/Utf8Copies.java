package io.headworks.connector.files;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.connector.files.csv.CsvProfile;
import io.headworks.connector.files.text.Compression;
import io.headworks.connector.files.text.MalformedText;
import io.headworks.connector.files.text.StrictReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies in UTF-8 of files in other encodings, kept until closed. */
final class Utf8Copies implements AutoCloseable {
    private @Nullable Path folder;
    private final List<Path> copies = new ArrayList<>();

    /** The same file with its bytes in UTF-8. Bytes that are no text are an error that names them. */
    InputFile of(CsvProfile profile) throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory("headworks-utf8-");
        }
        Path copy = folder.resolve(copies.size() + ".csv");
        copies.add(copy);
        char[] buffer = new char[1 << 15];
        try (InputStream in = Compression.open(profile.file().path(), profile.path());
                Reader reader = new StrictReader(in, profile.encoding());
                BufferedWriter writer = Files.newBufferedWriter(copy, StandardCharsets.UTF_8)) {
            for (int read = reader.read(buffer, 0, buffer.length); read >= 0; ) {
                writer.write(buffer, 0, read);
                read = reader.read(buffer, 0, buffer.length);
            }
        } catch (MalformedText malformed) {
            throw new HeadworksException(
                    FailureKind.RUN,
                    "Cannot read " + profile.path() + ": " + malformed.getMessage(),
                    "set extract.files.options.encoding to the file's, or have the file repaired",
                    malformed);
        }
        return new InputFile(copy, profile.file().stamp());
    }

    @Override
    public void close() {
        try {
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new HeadworksException(
                    FailureKind.RESOURCES, "Cannot remove the copies in " + folder + ": " + e.getMessage(), null, e);
        }
    }
}
