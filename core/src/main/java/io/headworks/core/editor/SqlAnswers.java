package io.headworks.core.editor;

import io.headworks.core.editor.Suggestion.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers about a place in the SQL of a model. */
final class SqlAnswers {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*$");
    private static final Pattern QUALIFIER = Pattern.compile("(\\w+)\\.\\w*$");
    private static final Pattern DATASET_NEXT =
            Pattern.compile("\\b(?:from|join)\\s+[\\w.\"]*$", Pattern.CASE_INSENSITIVE);
    private static final Pattern INPUT = Pattern.compile(
            "\\b(?:from|join)\\s+([\\w.]+)(?:\\s+(?:as\\s+)?(?!on\\b|using\\b|where\\b|join\\b|left\\b|group\\b)(\\w+))?",
            Pattern.CASE_INSENSITIVE);

    private final ProjectNames names;
    private final TextLines text;
    private final String whole;

    SqlAnswers(ProjectNames names, String whole) {
        this.names = names;
        this.whole = whole;
        this.text = new TextLines(whole);
    }

    List<Suggestion> suggestions(Position at) {
        String before = before(at);
        if (PLACEHOLDER.matcher(before).find()) {
            return placeholders();
        }
        if (DATASET_NEXT.matcher(before).find()) {
            return datasets();
        }
        Matcher qualifier = QUALIFIER.matcher(before);
        if (qualifier.find()) {
            Named input = inputs().get(qualifier.group(1).toLowerCase(Locale.ROOT));
            return input == null ? List.of() : columns(input);
        }
        List<Suggestion> all = new ArrayList<>();
        inputs().values().stream().distinct().forEach(input -> all.addAll(columns(input)));
        return all;
    }

    /** What the name at a place stands for. */
    Optional<Named> meant(Position at) {
        String written = text.text(text.word(at));
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (written.startsWith("var.")) {
            return names.find(Named.Kind.VARIABLE, written.substring("var.".length()));
        }
        Optional<Named> dataset = names.find(Named.Kind.DATASET, written);
        return dataset.isPresent()
                ? dataset
                : Optional.ofNullable(
                        inputs().get(written.replaceFirst("\\..*", "").toLowerCase(Locale.ROOT)));
    }

    private String before(Position at) {
        StringBuilder out = new StringBuilder();
        text.before(at.line()).forEach(line -> out.append(line).append('\n'));
        String last = text.line(at.line());
        return out.append(last, 0, Math.min(at.character(), last.length())).toString();
    }

    /** The datasets that the SQL names, by what it calls them. */
    private Map<String, Named> inputs() {
        Map<String, Named> inputs = new TreeMap<>();
        Matcher input = INPUT.matcher(whole);
        while (input.find()) {
            String written = input.group(1);
            Optional<Named> dataset = names.find(Named.Kind.DATASET, written);
            String bare = written.substring(written.lastIndexOf('.') + 1);
            String called = input.group(2) == null ? bare : input.group(2);
            dataset.ifPresent(named -> inputs.put(called.toLowerCase(Locale.ROOT), named));
        }
        return inputs;
    }

    private List<Suggestion> datasets() {
        return names.of(Named.Kind.DATASET).stream()
                .map(each -> new Suggestion(each.name(), each.name(), What.DATASET, "dataset", each.summary()))
                .toList();
    }

    private static List<Suggestion> columns(Named input) {
        return input.columns().stream()
                .map(column -> new Suggestion(column, column, What.COLUMN, input.name(), ""))
                .toList();
    }

    private List<Suggestion> placeholders() {
        List<Suggestion> all = new ArrayList<>();
        names.of(Named.Kind.VARIABLE)
                .forEach(each -> all.add(new Suggestion(
                        "var." + each.name(), "var." + each.name(), What.VARIABLE, "variable", each.summary())));
        for (String called : inputs().keySet()) {
            all.add(new Suggestion(
                    "changed(" + called + ")",
                    "changed(" + called + ")",
                    What.VALUE,
                    "",
                    "True for rows of " + called + " that its loads wrote since this model's last one."));
        }
        for (String word : List.of("now", "run_id", "env")) {
            all.add(new Suggestion(word, word, What.VALUE, "", ""));
        }
        return all;
    }
}
