package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads the documents of a file. Stateless; any thread. */
public final class YamlReader {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();

    private YamlReader() {}

    /** The documents that could be read before the first syntax error, and what is wrong with the file. */
    public record Documents(List<Node> nodes, List<Problem> problems) {
        public Documents {
            nodes = List.copyOf(nodes);
            problems = List.copyOf(problems);
        }
    }

    /** Reads a file's bytes, which must be UTF-8. */
    public static Documents read(String file, byte[] bytes) {
        if (bytes.length > YamlLimits.BYTES) {
            return failed(Problem.error(
                    Place.of(file),
                    "yaml-limit",
                    "Cannot read " + file + ": it has " + bytes.length + " bytes (allowed: 10 MB)",
                    "split it into several files"));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return read(new Source(file, text.startsWith("\uFEFF") ? text.substring(1) : text));
        } catch (CharacterCodingException notUtf8) {
            return failed(Problem.error(
                    Place.of(file), "yaml-syntax", "Cannot read " + file + ": it is not UTF-8", "save it as UTF-8"));
        }
    }

    static Documents read(Source source) {
        List<Node> nodes = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        try {
            NodeBuilder builder = new NodeBuilder(
                    source, new ParserImpl(SETTINGS, new StreamReader(SETTINGS, source.text())), problems);
            @Nullable Node node = builder.next();
            while (node != null) {
                nodes.add(node);
                node = builder.next();
            }
        } catch (LimitExceeded limit) {
            problems.add(limit.problem());
        } catch (MarkedYamlEngineException malformed) {
            problems.add(SyntaxProblem.of(source, malformed));
        } catch (YamlEngineException malformed) {
            problems.add(
                    Problem.error(source.place(), "yaml-syntax", "Cannot read YAML: " + malformed.getMessage(), null));
        }
        return new Documents(nodes, problems);
    }

    private static Documents failed(Problem problem) {
        return new Documents(List.of(), List.of(problem));
    }

    static Place place(Source source, Mark mark) {
        return new Place(source.file(), mark.getLine() + 1, mark.getColumn() + 1);
    }
}
