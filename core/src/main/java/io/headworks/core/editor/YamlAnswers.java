package io.headworks.core.editor;

import io.headworks.core.editor.Suggestion.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers about a place in YAML. */
final class YamlAnswers {
    private final SchemaWalk schema;
    private final ProjectNames names;
    private final TextLines text;
    private final List<YamlCursor.Step> above;

    /** @param above where the text itself stands, as settings of a model at the head of its SQL do */
    YamlAnswers(SchemaWalk schema, ProjectNames names, TextLines text, List<YamlCursor.Step> above) {
        this.schema = schema;
        this.names = names;
        this.text = text;
        this.above = above;
    }

    List<Suggestion> suggestions(Position at) {
        YamlCursor.Found found = YamlCursor.at(text, at);
        List<Map<?, ?>> here = schema.at(steps(found));
        List<Suggestion> all = new ArrayList<>();
        if (found.isKey()) {
            schema.keys(here, found.entries()).forEach((name, key) -> {
                if (!found.entries().containsKey(name)) {
                    all.add(new Suggestion(name, name + ": ", What.KEY, title(key), description(name, key)));
                }
            });
        }
        if (found.isValue()) {
            schema.words(here).forEach(word -> all.add(new Suggestion(word, word, What.VALUE, "", "")));
            all.addAll(referred(schema.titles(here)));
        }
        return all;
    }

    /** Names of the project that a value called so may be. */
    private List<Suggestion> referred(Set<String> titles) {
        List<Suggestion> all = new ArrayList<>();
        if (titles.contains("connection")) {
            all.addAll(named(Named.Kind.CONNECTION, What.CONNECTION));
        }
        if (titles.contains("dataset") || titles.contains("dataset with columns") || titles.contains("table")) {
            all.addAll(named(Named.Kind.DATASET, What.DATASET));
        }
        if (titles.contains("alert channel")) {
            all.addAll(named(Named.Kind.ALERT_CHANNEL, What.VALUE));
        }
        if (titles.contains("name")) {
            all.addAll(named(Named.Kind.PIPELINE, What.PIPELINE));
        }
        if (titles.contains("column")) {
            columns().forEach(column -> all.add(new Suggestion(column, column, What.COLUMN, "column", "")));
        }
        return all;
    }

    /** Those that the document itself declares, in extract.columns. */
    private List<String> columns() {
        return names.of(Named.Kind.PIPELINE).stream()
                .filter(each -> isHere(each))
                .flatMap(each -> each.columns().stream())
                .distinct()
                .toList();
    }

    private boolean isHere(Named pipeline) {
        return text.line(pipeline.place().line() - 1).contains(pipeline.name());
    }

    private List<Suggestion> named(Named.Kind kind, What what) {
        return names.of(kind).stream()
                .map(each -> new Suggestion(
                        each.name(), each.name(), what, what.name().toLowerCase(Locale.ROOT), each.summary()))
                .toList();
    }

    /** What a key means, or what a name stands for; empty where nothing is known. */
    Optional<String> about(Position at) {
        Span word = text.word(at);
        String written = text.text(word);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        YamlCursor.Found found = YamlCursor.at(text, word.to());
        boolean key =
                found.isKey() && text.line(at.line()).startsWith(":", word.to().character());
        if (key) {
            Map<?, ?> of = schema.keys(schema.at(steps(found)), found.entries()).get(written);
            return of == null ? Optional.empty() : Optional.of(description(written, of));
        }
        return named(written, schema.titles(schema.at(steps(found)))).map(Named::summary);
    }

    /** What a name at a place stands for. */
    Optional<Named> meant(Position at) {
        Span word = text.word(at);
        String written = text.text(word);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        YamlCursor.Found found = YamlCursor.at(text, word.to());
        return named(written, schema.titles(schema.at(steps(found))));
    }

    /** By what the value is called; in a text of its own, as SQL, anything of that name. */
    private Optional<Named> named(String written, Set<String> titles) {
        if (titles.contains("connection")) {
            return names.find(Named.Kind.CONNECTION, written);
        } else if (titles.contains("alert channel")) {
            return names.find(Named.Kind.ALERT_CHANNEL, written);
        } else if (titles.contains("column")) {
            return Optional.empty();
        }
        String variable = written.replaceFirst("^\\$?\\{*var[.:]?", "");
        return names.find(Named.Kind.DATASET, written)
                .or(() -> names.find(Named.Kind.PIPELINE, written))
                .or(() -> names.find(Named.Kind.CONNECTION, written))
                .or(() -> names.find(Named.Kind.VARIABLE, variable));
    }

    private List<YamlCursor.Step> steps(YamlCursor.Found found) {
        List<YamlCursor.Step> all = new ArrayList<>(above);
        all.addAll(found.steps());
        return all;
    }

    private static String title(Map<?, ?> key) {
        return key.get("title") instanceof String title ? title : "";
    }

    private static String description(String name, Map<?, ?> key) {
        StringBuilder out = new StringBuilder("**").append(name).append("**");
        append(": ", key.get("description"), out);
        append("\n\n", key.get("$comment"), out);
        return out.toString();
    }

    private static void append(String before, @Nullable Object text, StringBuilder out) {
        if (text != null) {
            out.append(before).append(text);
        }
    }
}
