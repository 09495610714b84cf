package io.headworks.connector.files.csv;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.source.FileReading.Options;
import io.headworks.api.type.DataType;
import io.headworks.connector.files.infer.ColumnGuess;
import io.headworks.connector.files.infer.DateFormat;
import io.headworks.connector.files.infer.DeclaredDates;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides in which form dates and timestamps are written. Columns whose types are inferred count with all their values,
 * declared ones with those of the file's beginning. A form that stays open is never guessed.
 */
final class DateResolution {
    private final Options options;
    private final String paths;

    /** @param paths what to call the files in messages */
    DateResolution(Options options, String paths) {
        this.options = options;
        this.paths = paths;
    }

    /** One form each for the inferred dates and timestamps; none where there are none, or they are written differently. */
    DateForms inferred(Map<String, ColumnGuess> guesses, List<String> notes) {
        Set<DateFormat> dates = shared(guesses, false, options.dateFormat(), notes);
        Set<DateFormat> timestamps = shared(guesses, true, null, notes);
        DateForms forms = new DateForms(dates, timestamps).narrowed();
        guesses.forEach((column, guess) -> {
            Set<DateFormat> open = guess.isTimestamp() ? forms.timestamps() : forms.dates();
            if (guess.isDateOrTimestamp() && open.size() > 1) {
                throw ambiguous(paths, column, guess.isTimestamp(), open);
            }
        });
        return forms;
    }

    /** The type of an inferred column. */
    DataType type(ColumnGuess guess, DateForms forms) {
        Set<DateFormat> form = guess.isTimestamp() ? forms.timestamps() : forms.dates();
        DateFormat chosen = form.isEmpty() ? null : form.iterator().next();
        DataType type = guess.type(chosen);
        String given = options.timestampFormat();
        boolean otherwise = guess.isTimestamp()
                && given != null
                && (chosen == null || !given.equals(guess.timestampFormat(chosen)));
        return otherwise ? DataType.TEXT : type;
    }

    /** The forms of one file. */
    FileDates of(
            CsvProfile profile,
            Map<String, Integer> indexes,
            Map<String, DataType> declared,
            DateForms inferred,
            @Nullable String inferredTimestamp) {
        DeclaredDates dates = new DeclaredDates();
        DeclaredDates timestamps = new DeclaredDates();
        declared.forEach((column, type) -> {
            int index = indexes.getOrDefault(column, -1);
            if (index >= 0 && type == DataType.Simple.DATE) {
                profile.rows().forEach(row -> dates.acceptDate(row.get(index)));
            } else if (index >= 0 && type instanceof DataType.Timestamp) {
                profile.rows().forEach(row -> timestamps.acceptTimestamp(row.get(index)));
            }
        });
        DateForms forms = new DateForms(
                        merged(profile, dates.best(), inferred.dates()),
                        merged(profile, timestamps.best(), inferred.timestamps()))
                .narrowed();
        String timestamp = inferredTimestamp != null
                ? inferredTimestamp
                : pattern(profile, forms.timestamps(), true, timestamps.timePattern());
        return new FileDates(
                options.dateFormat() != null ? options.dateFormat() : pattern(profile, forms.dates(), false, ""),
                options.timestampFormat() != null ? options.timestampFormat() : timestamp);
    }

    private @Nullable String pattern(CsvProfile profile, Set<DateFormat> forms, boolean timestamp, String time) {
        boolean given = (timestamp ? options.timestampFormat() : options.dateFormat()) != null;
        if (forms.size() > 1 && !given) {
            throw ambiguous(profile.path(), null, timestamp, forms);
        }
        DateFormat form = forms.isEmpty() ? DateFormat.ISO : forms.iterator().next();
        return form == DateFormat.ISO ? null : form.pattern() + time;
    }

    private Set<DateFormat> merged(CsvProfile profile, Set<DateFormat> declared, Set<DateFormat> inferred) {
        if (declared.isEmpty() || inferred.isEmpty()) {
            return declared.isEmpty() ? inferred : declared;
        }
        EnumSet<DateFormat> common = EnumSet.copyOf(declared);
        common.retainAll(inferred);
        if (common.isEmpty()) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot read the dates of " + profile.path() + ": some are written as "
                            + DateFormat.patterns(declared) + " and some as " + DateFormat.patterns(inferred),
                    "declare the columns of one form as text and convert them in a stage");
        }
        return common;
    }

    /** The forms that fit all inferred columns of a kind; ISO 8601 where they share none and some are so. */
    private static Set<DateFormat> shared(
            Map<String, ColumnGuess> guesses, boolean timestamps, @Nullable String given, List<String> notes) {
        EnumSet<DateFormat> shared = EnumSet.allOf(DateFormat.class);
        List<String> columns = new ArrayList<>();
        boolean iso = false;
        for (Map.Entry<String, ColumnGuess> entry : guesses.entrySet()) {
            ColumnGuess guess = entry.getValue();
            if (guess.isDateOrTimestamp() && guess.isTimestamp() == timestamps) {
                columns.add(entry.getKey());
                shared.retainAll(guess.dateFormats());
                iso |= guess.dateFormats().contains(DateFormat.ISO);
            }
        }
        if (columns.isEmpty()) {
            return Set.of();
        }
        if (given != null) {
            DateFormat known = DateFormat.of(given);
            return known == null ? Set.of() : EnumSet.of(known);
        }
        if (shared.isEmpty()) {
            notes.add("columns " + String.join(", ", columns) + " hold dates in different forms: "
                    + (iso ? "those that are not ISO 8601 are kept as text" : "they are kept as text"));
            return iso ? EnumSet.of(DateFormat.ISO) : Set.of();
        }
        return shared;
    }

    private static AmbiguousDialect ambiguous(
            String path, @Nullable String column, boolean timestamp, Set<DateFormat> formats) {
        List<String> patterns = DateFormat.patterns(formats);
        String key = timestamp ? "timestamp_format" : "date_format";
        String time = timestamp ? " %H:%M:%S" : "";
        return new AmbiguousDialect(
                path,
                "the form of the " + (timestamp ? "timestamps" : "dates")
                        + (column == null ? "" : " in column " + column),
                patterns,
                key + ", as " + key + ": \"" + patterns.get(0) + time + "\"");
    }
}
