package io.headworks.testkit.files;

import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Changed;
import io.headworks.api.source.FileReading.Format;
import io.headworks.api.source.FileReading.Match;
import io.headworks.api.source.FileReading.MissingColumns;
import io.headworks.api.source.FileReading.Names;
import io.headworks.api.source.FileReading.Options;
import io.headworks.api.source.FileReading.Vanished;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A FileReading, from the defaults, one key after the other. */
public final class ReadingBuilder {
    private @Nullable Format format;
    private Match match = Match.NAME;
    private Names names = Names.KEEP;
    private final Map<String, List<String>> aliases = new LinkedHashMap<>();
    private MissingColumns missing = MissingColumns.STOP;
    private Changed changed = Changed.CONTENT;
    private @Nullable String ready;
    private @Nullable Duration settle;
    private final Map<String, String> add = new LinkedHashMap<>();
    private @Nullable String delimiter;
    private @Nullable String quote;
    private @Nullable String escape;
    private @Nullable Boolean header;
    private @Nullable Integer skip;
    private @Nullable String comment;
    private @Nullable String encoding;
    private @Nullable String decimal;
    private @Nullable List<String> nulls;
    private @Nullable String dateFormat;
    private @Nullable String timestampFormat;
    private @Nullable String sheet;

    public static ReadingBuilder reading() {
        return new ReadingBuilder();
    }

    public ReadingBuilder format(Format value) {
        format = value;
        return this;
    }

    public ReadingBuilder match(Match value) {
        match = value;
        return this;
    }

    public ReadingBuilder names(Names value) {
        names = value;
        return this;
    }

    public ReadingBuilder alias(String column, String... others) {
        aliases.put(column, List.of(others));
        return this;
    }

    public ReadingBuilder missing(MissingColumns value) {
        missing = value;
        return this;
    }

    public ReadingBuilder changed(Changed value) {
        changed = value;
        return this;
    }

    public ReadingBuilder ready(String value) {
        ready = value;
        return this;
    }

    public ReadingBuilder settle(Duration value) {
        settle = value;
        return this;
    }

    public ReadingBuilder add(String column, String what) {
        add.put(column, what);
        return this;
    }

    public ReadingBuilder delimiter(String value) {
        delimiter = value;
        return this;
    }

    public ReadingBuilder quote(String value) {
        quote = value;
        return this;
    }

    public ReadingBuilder escape(String value) {
        escape = value;
        return this;
    }

    public ReadingBuilder header(boolean value) {
        header = value;
        return this;
    }

    public ReadingBuilder skip(int value) {
        skip = value;
        return this;
    }

    public ReadingBuilder comment(String value) {
        comment = value;
        return this;
    }

    public ReadingBuilder encoding(String value) {
        encoding = value;
        return this;
    }

    public ReadingBuilder decimal(String value) {
        decimal = value;
        return this;
    }

    public ReadingBuilder nulls(String... values) {
        nulls = List.of(values);
        return this;
    }

    public ReadingBuilder dateFormat(String value) {
        dateFormat = value;
        return this;
    }

    public ReadingBuilder timestampFormat(String value) {
        timestampFormat = value;
        return this;
    }

    public ReadingBuilder sheet(String value) {
        sheet = value;
        return this;
    }

    public FileReading build() {
        return new FileReading(
                format,
                new Options(
                        delimiter,
                        quote,
                        escape,
                        header,
                        skip,
                        comment,
                        encoding,
                        decimal,
                        nulls,
                        dateFormat,
                        timestampFormat,
                        sheet),
                match,
                names,
                aliases,
                missing,
                changed,
                false,
                ready,
                settle,
                Vanished.STOP,
                add);
    }
}
