package io.headworks.core.spec.format;

import static io.headworks.core.spec.descriptor.Scalars.BOOLEAN;
import static io.headworks.core.spec.descriptor.Scalars.TEXT;

import io.headworks.api.source.FileReading;
import io.headworks.api.source.FileReading.Changed;
import io.headworks.api.source.FileReading.Format;
import io.headworks.api.source.FileReading.Match;
import io.headworks.api.source.FileReading.MissingColumns;
import io.headworks.api.source.FileReading.Options;
import io.headworks.api.source.FileReading.Vanished;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.MapKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How files are read. */
final class FileReadingFormat {
    private static final ScalarKind<String> ONE_CHARACTER = ScalarKind.of(
            "character",
            "one character, as \";\"",
            Form.TEXT,
            text -> text.codePointCount(0, text.length()) == 1 ? text : null);

    private static final Key<String> DELIMITER = Key.of(
                    "delimiter", ONE_CHARACTER, "Between cells. Detected when absent.")
            .like("\";\"");
    private static final Key<String> QUOTE = Key.of("quote", ONE_CHARACTER, "Around cells. Detected when absent.")
            .like("'\"'");
    private static final Key<String> ESCAPE = Key.of(
                    "escape", ONE_CHARACTER, "Before a quote inside quotes. Detected when absent.")
            .like("'\"'");
    private static final Key<Boolean> HEADER = Key.of(
                    "header", BOOLEAN, "Whether the first line names the columns. Detected when absent.")
            .like("true");
    private static final Key<Integer> SKIP =
            Key.of("skip", Scalars.INTEGER, "Lines before the header.").like("0");
    private static final Key<String> COMMENT =
            Key.of("comment", ONE_CHARACTER, "Begins lines that are left out.").like("\"#\"");
    private static final Key<String> ENCODING =
            Key.of("encoding", TEXT, "Of the text. Detected when absent.").like("windows-1252");
    private static final Key<String> DECIMAL = Key.of(
                    "decimal", ONE_CHARACTER, "The decimal mark. Detected when absent.")
            .like("\",\"");
    private static final Key<List<String>> NULLS = Key.of(
                    "nulls",
                    ListKind.of(TEXT),
                    "Texts that mean NULL. Never guessed: without it only the empty field is.")
            .like("[\"\", \"NULL\"]");
    private static final Key<String> DATE_FORMAT = Key.of(
                    "date_format", TEXT, "strftime format of dates. Detected when absent.")
            .like("\"%d.%m.%Y\"");
    private static final Key<String> TIMESTAMP_FORMAT = Key.of(
                    "timestamp_format", TEXT, "strftime format of timestamps. Detected when absent.")
            .like("\"%d.%m.%Y %H:%M\"");
    private static final Key<String> SHEET = Key.of("sheet", TEXT, "Of a workbook. The only visible one when absent.")
            .like("Orders");
    private static final ObjectKind<Options> OPTIONS = ObjectKind.of(
            "file options",
            "The dialect of delimited text, each detected when absent; the sheet of a workbook.",
            List.of(
                    DELIMITER,
                    QUOTE,
                    ESCAPE,
                    HEADER,
                    SKIP,
                    COMMENT,
                    ENCODING,
                    DECIMAL,
                    NULLS,
                    DATE_FORMAT,
                    TIMESTAMP_FORMAT,
                    SHEET),
            v -> new Options(
                    v.find(DELIMITER),
                    v.find(QUOTE),
                    v.find(ESCAPE),
                    v.find(HEADER),
                    v.find(SKIP),
                    v.find(COMMENT),
                    v.find(ENCODING),
                    v.find(DECIMAL),
                    v.find(NULLS),
                    v.find(DATE_FORMAT),
                    v.find(TIMESTAMP_FORMAT),
                    v.find(SHEET)));

    private static final Key<Format> FORMAT = Key.of(
                    "format", ChoiceKind.of(List.of(Format.values())), "Of the files. By name when absent.")
            .like("csv");
    private static final Key<Options> OPTIONS_KEY =
            Key.of("options", OPTIONS, "The dialect of delimited text.").byDefault(Options.DETECT, "detected");
    private static final Key<Match> MATCH = Key.of(
                    "match",
                    ChoiceKind.of(List.of(Match.values())),
                    "Whether columns are found by name or by position.")
            .byDefault(Match.NAME, "name");
    private static final Key<FileReading.Names> NAMES = Key.of(
                    "names", ChoiceKind.of(names()), "Whether header names are kept or written in snake_case.")
            .byDefault(FileReading.Names.KEEP, "keep");
    private static final Key<Map<String, List<String>>> ALIASES = Key.of(
                    "aliases", MapKind.of("column", ListKind.oneOrMore(TEXT)), "Other names of columns in headers.")
            .byDefault(Map.of(), "none")
            .like("{customer_id: [cust_id, KundenNr]}");
    private static final Key<MissingColumns> MISSING = Key.of(
                    "missing_columns",
                    ChoiceKind.of(List.of(MissingColumns.values())),
                    "What is done when a file lacks a column.")
            .byDefault(MissingColumns.STOP, "stop");
    private static final Key<Changed> CHANGED = Key.of(
                    "changed", ChoiceKind.of(List.of(Changed.values())), "By what a known file is new again.")
            .byDefault(Changed.CONTENT, "content");
    private static final Key<Boolean> REREAD = Key.of(
                    "reread",
                    ChoiceKind.of(rereads()),
                    "partition: read the whole partition when one of its files is new, changed or gone.")
            .byDefault(false, "file");
    private static final Key<String> READY =
            Key.of("ready", TEXT, "A marker file to wait for.").like("_SUCCESS");
    private static final Key<Duration> SETTLE = Key.of(
                    "settle", Scalars.DURATION_OF_TIME, "How long a file must be unchanged before it is read.")
            .like("10m");
    private static final Key<Vanished> VANISHED = Key.of(
                    "vanished", ChoiceKind.of(List.of(Vanished.values())), "What is done when a loaded file is gone.")
            .byDefault(Vanished.STOP, "stop");
    private static final Key<Map<String, String>> ADD = Key.of(
                    "add", MapKind.of("column", ChoiceKind.of(added())), "Extra columns: the file's path, or the line.")
            .byDefault(Map.of(), "none")
            .like("{_file: path, _line: line}");

    static final ObjectKind<FileReading> KIND = ObjectKind.of(
            "files",
            "How files are read.",
            List.of(FORMAT, OPTIONS_KEY, MATCH, NAMES, ALIASES, MISSING, CHANGED, REREAD, READY, SETTLE, VANISHED, ADD),
            v -> new FileReading(
                    v.find(FORMAT),
                    v.get(OPTIONS_KEY),
                    v.get(MATCH),
                    v.get(NAMES),
                    v.get(ALIASES),
                    v.get(MISSING),
                    v.get(CHANGED),
                    v.get(REREAD),
                    v.find(READY),
                    v.find(SETTLE),
                    v.get(VANISHED),
                    v.get(ADD)));

    private FileReadingFormat() {}

    private static Map<String, FileReading.Names> names() {
        Map<String, FileReading.Names> words = new LinkedHashMap<>();
        words.put("keep", FileReading.Names.KEEP);
        words.put("snake_case", FileReading.Names.SNAKE_CASE);
        return words;
    }

    private static Map<String, Boolean> rereads() {
        Map<String, Boolean> words = new LinkedHashMap<>();
        words.put("file", false);
        words.put("partition", true);
        return words;
    }

    private static Map<String, String> added() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("path", "path");
        words.put("line", "line");
        return words;
    }
}
