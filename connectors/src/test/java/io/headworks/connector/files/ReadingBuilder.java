package io.headworks.connector.files;

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

/** A FileReading, from the defaults, one key after the other. */
final class ReadingBuilder {
    private Format format;
    private Match match = Match.NAME;
    private Names names = Names.KEEP;
    private final Map<String, List<String>> aliases = new LinkedHashMap<>();
    private MissingColumns missing = MissingColumns.STOP;
    private Changed changed = Changed.CONTENT;
    private String ready;
    private Duration settle;
    private final Map<String, String> add = new LinkedHashMap<>();
    private String delimiter;
    private String quote;
    private String escape;
    private Boolean header;
    private Integer skip;
    private String comment;
    private String encoding;
    private String decimal;
    private List<String> nulls;
    private String dateFormat;
    private String timestampFormat;

    static ReadingBuilder reading() {
        return new ReadingBuilder();
    }

    ReadingBuilder format(Format value) {
        format = value;
        return this;
    }

    ReadingBuilder match(Match value) {
        match = value;
        return this;
    }

    ReadingBuilder names(Names value) {
        names = value;
        return this;
    }

    ReadingBuilder alias(String column, String... others) {
        aliases.put(column, List.of(others));
        return this;
    }

    ReadingBuilder missing(MissingColumns value) {
        missing = value;
        return this;
    }

    ReadingBuilder changed(Changed value) {
        changed = value;
        return this;
    }

    ReadingBuilder ready(String value) {
        ready = value;
        return this;
    }

    ReadingBuilder settle(Duration value) {
        settle = value;
        return this;
    }

    ReadingBuilder add(String column, String what) {
        add.put(column, what);
        return this;
    }

    ReadingBuilder delimiter(String value) {
        delimiter = value;
        return this;
    }

    ReadingBuilder quote(String value) {
        quote = value;
        return this;
    }

    ReadingBuilder escape(String value) {
        escape = value;
        return this;
    }

    ReadingBuilder header(boolean value) {
        header = value;
        return this;
    }

    ReadingBuilder skip(int value) {
        skip = value;
        return this;
    }

    ReadingBuilder comment(String value) {
        comment = value;
        return this;
    }

    ReadingBuilder encoding(String value) {
        encoding = value;
        return this;
    }

    ReadingBuilder decimal(String value) {
        decimal = value;
        return this;
    }

    ReadingBuilder nulls(String... values) {
        nulls = List.of(values);
        return this;
    }

    ReadingBuilder dateFormat(String value) {
        dateFormat = value;
        return this;
    }

    ReadingBuilder timestampFormat(String value) {
        timestampFormat = value;
        return this;
    }

    FileReading build() {
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
                        timestampFormat),
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
