package io.headworks.core.imports.sling;

import io.headworks.core.imports.Written;
import io.headworks.core.imports.jinja.NotRewritable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stream of a replication with the defaults below it.
 *
 * @param name a table, a pattern of tables, a file or pattern of files, or any name where there is SQL
 */
record SlingStream(String name, int line, Map<String, Written> settings) {
    private static final Pattern WORD = Pattern.compile("\\{(\\w+)}");

    static SlingStream of(String name, int line, Written defaults, Written own) {
        Map<String, Written> settings = new LinkedHashMap<>(defaults.entries());
        settings.putAll(own.entries());
        return new SlingStream(name, line, settings);
    }

    Written at(String key) {
        return settings.getOrDefault(key, Written.NOTHING);
    }

    String subject() {
        return "stream " + name;
    }

    boolean isFiles() {
        return name.startsWith("file://");
    }

    boolean isPattern() {
        return name.contains("*") && !isFiles() && !at("sql").isThere();
    }

    /** Without quotes around its parts. */
    String table() {
        return name.replace("\"", "");
    }

    /** True for a stream by name that a pattern takes too. */
    boolean takes(SlingStream other) {
        String regex = Pattern.quote(table()).replace("*", "\\E.*\\Q");
        return isPattern() && !other.isPattern() && other.table().matches("(?i)" + regex);
    }

    /** The last part, as a name of ours. */
    String shortName() {
        String plain =
                isFiles() ? name.replaceFirst("^.*/(?=[^/]+$)", "").replaceFirst("\\.\\w+(\\.gz)?$", "") : table();
        String last = plain.substring(plain.lastIndexOf('.') + 1).equals("*")
                ? plain.substring(0, plain.lastIndexOf('.'))
                : plain.substring(plain.lastIndexOf('.') + 1);
        String letters = last.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^[0-9_]+|_+$", "");
        return letters.isEmpty() ? "stream" : letters;
    }

    /**
     * The table to write, with what Sling fills in.
     *
     * @throws NotRewritable when something in it has no equivalent
     */
    String object(String source, String target) {
        String written = at("object").text();
        if (written == null) {
            throw new NotRewritable("it names no object");
        }
        // The connection's own schema is where a table without one goes.
        String object = written.replace("\"", "").replace("{target_schema}.", "");
        int dot = table().lastIndexOf('.');
        Map<String, String> words = new LinkedHashMap<>();
        words.put("source_name", source);
        words.put("target_name", target);
        words.put("stream_table", isPattern() ? "${table}" : table().substring(dot + 1));
        words.put("stream_schema", isPattern() ? "${schema}" : dot < 0 ? "" : table().substring(0, dot));
        words.put("stream_name", isPattern() ? "" : table().replace('.', '_'));
        words.put("stream_file_name", isFiles() ? shortName() : "");
        words.put("stream_run_id", "");
        Matcher word = WORD.matcher(object.replace("${", "$\u0000"));
        StringBuilder out = new StringBuilder();
        while (word.find()) {
            String value = words.getOrDefault(word.group(1), "");
            if (value.isEmpty()) {
                throw new NotRewritable("'{" + word.group(1) + "}' in its object has no equivalent");
            }
            word.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return word.appendTail(out).toString().replace('\u0000', '{');
    }

    List<String> primaryKey() {
        return at("primary_key").texts();
    }
}
