package io.headworks.duckdb.scan;

import io.headworks.api.source.FileStamp;
import io.headworks.api.source.Scan.InputFile;
import io.headworks.duckdb.sql.DuckSql;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values that are the same for all rows of a file, as SQL over the column with the file's name. */
final class FileValues {
    /** The column in which the engine's readers give the file's name. */
    static final String FILE_COLUMN = "_hw_file";

    private final List<InputFile> files;

    FileValues(List<InputFile> files) {
        this.files = files;
    }

    /** A text expression; a literal where all files agree. */
    String text(Function<FileStamp, @Nullable String> value) {
        List<String> distinct = files.stream()
                .map(file -> literal(value.apply(file.stamp())))
                .distinct()
                .toList();
        if (distinct.size() == 1) {
            return distinct.get(0);
        }
        return files.stream()
                .map(file -> DuckSql.text(path(file)) + ": " + literal(value.apply(file.stamp())))
                .collect(Collectors.joining(", ", "MAP {", "}[" + FILE_COLUMN + "]"));
    }

    static String path(InputFile file) {
        return file.path().toAbsolutePath().toString();
    }

    /** The list of files for a reader, with what would be a pattern taken literally. */
    String list() {
        return files.stream()
                .map(file -> DuckSql.text(literally(path(file))))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String literally(String path) {
        StringBuilder out = new StringBuilder();
        for (char c : path.toCharArray()) {
            out.append("*?[".indexOf(c) >= 0 ? "[" + c + "]" : String.valueOf(c));
        }
        return out.toString();
    }

    private static String literal(@Nullable String value) {
        return value == null ? "CAST(NULL AS VARCHAR)" : DuckSql.text(value);
    }
}
