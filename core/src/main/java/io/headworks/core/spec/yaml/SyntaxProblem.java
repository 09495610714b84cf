package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The parser's complaint as a problem, with the mistakes people make most answered by a hint. */
final class SyntaxProblem {
    private SyntaxProblem() {}

    static Problem of(Source source, MarkedYamlEngineException malformed) {
        Mark mark = malformed.getProblemMark().or(malformed::getContextMark).orElse(null);
        String sentence = malformed.getProblem() == null ? "malformed" : malformed.getProblem();
        if (mark == null) {
            return Problem.error(source.place(), "yaml-syntax", "Cannot read YAML: " + sentence, null);
        }
        Place place = YamlReader.place(source, mark);
        return Problem.error(place, "yaml-syntax", "Cannot read YAML: " + sentence, hint(mark, sentence));
    }

    private static @Nullable String hint(Mark mark, String sentence) {
        int at = mark.getPointer();
        int[] buffer = mark.getBuffer();
        if (at > 0 && at < buffer.length && buffer[at] == '{' && buffer[at - 1] == '$') {
            return "quote it: \"" + placeholder(buffer, at - 1) + "\"";
        }
        if (sentence.contains("TAB")) {
            return "indent with spaces";
        }
        if (sentence.contains("mapping values are not allowed here")) {
            return "quote a value that holds ': '";
        }
        return null;
    }

    private static String placeholder(int[] buffer, int from) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < buffer.length && buffer[i] != '\n' && buffer[i] != 0; i++) {
            text.appendCodePoint(buffer[i]);
            if (buffer[i] == '}') {
                return text.toString();
            }
        }
        return "${…}";
    }
}
