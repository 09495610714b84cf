package io.headworks.core.spec.yaml;

import io.headworks.core.spec.Place;
import io.headworks.core.spec.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.parser.ParserImpl;

/** Turns the parser's events into nodes, one document at a time. */
final class NodeBuilder {
    private final Source source;
    private final ParserImpl events;
    private final List<Problem> problems;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;
    private int depth;

    NodeBuilder(Source source, ParserImpl events, List<Problem> problems) {
        this.source = source;
        this.events = events;
        this.problems = problems;
    }

    /** A node with the number of values it stands for. */
    private record Anchored(Node node, int values) {}

    /** The next document, or null after the last. */
    @Nullable
    Node next() {
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                return node(events.next());
            }
        }
        return null;
    }

    private Node node(Event event) {
        count(1, event);
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        int before = values;
        Node node = event instanceof ScalarEvent scalar ? scalar(scalar) : collection((CollectionStartEvent) event);
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(name -> anchors.put(name, new Anchored(node, values - before + 1)));
        return node;
    }

    private Node aliased(AliasEvent alias) {
        Anchor name = alias.getAnchor().orElseThrow();
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            throw new LimitExceeded(Problem.error(
                    place(alias),
                    "yaml-syntax",
                    "Cannot follow *" + name + ": no &" + name + " stands before it",
                    null));
        }
        count(anchored.values(), alias);
        return anchored.node();
    }

    private Node collection(CollectionStartEvent event) {
        refuseTag(event.getTag(), event);
        if (++depth > YamlLimits.DEPTH) {
            throw new LimitExceeded(Problem.error(
                    place(event),
                    "yaml-limit",
                    "Cannot read YAML: it is nested more than " + YamlLimits.DEPTH + " deep",
                    null));
        }
        Node node = event.getEventId() == Event.ID.SequenceStart ? sequence(event) : mapping(event);
        depth--;
        return node;
    }

    private Node sequence(Event start) {
        List<Node> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(node(event));
        }
        Mark mark = mark(start);
        return new Node.Sequence(source, mark.getLine() + 1, mark.getColumn() + 1, items);
    }

    private Node mapping(Event start) {
        Map<String, Node.Entry> entries = new java.util.LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Node key = node(event);
            Node value = node(events.next());
            if (!(key instanceof Node.Scalar name)) {
                problems.add(Problem.error(
                        key.place(),
                        "yaml-syntax",
                        "Cannot read a key: it is " + key.kind() + " (allowed: a name)",
                        "quote a value that begins with { or ["));
                continue;
            }
            Node.Entry earlier = entries.putIfAbsent(name.text(), new Node.Entry(name, value));
            if (earlier != null) {
                duplicate(name, earlier);
            }
        }
        Mark mark = mark(start);
        return new Node.Mapping(source, mark.getLine() + 1, mark.getColumn() + 1, List.copyOf(entries.values()));
    }

    private void duplicate(Node.Scalar key, Node.Entry earlier) {
        problems.add(Problem.error(
                key.place(),
                "duplicate-key",
                "Cannot use key '" + key.text() + "' twice: lines "
                        + earlier.key().line() + " and " + key.line(),
                "remove one of them"));
    }

    private Node scalar(ScalarEvent event) {
        refuseTag(event.getTag(), event);
        Mark start = mark(event);
        Mark end = event.getEndMark().orElse(start);
        return new Node.Scalar(
                source,
                start.getLine() + 1,
                start.getColumn() + 1,
                start.getIndex(),
                end.getIndex(),
                event.getValue(),
                style(event));
    }

    private static Node.Scalar.Style style(ScalarEvent event) {
        return switch (event.getScalarStyle()) {
            case PLAIN, JSON_SCALAR_STYLE -> Node.Scalar.Style.PLAIN;
            case SINGLE_QUOTED -> Node.Scalar.Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Node.Scalar.Style.DOUBLE_QUOTED;
            case LITERAL -> Node.Scalar.Style.LITERAL;
            case FOLDED -> Node.Scalar.Style.FOLDED;
        };
    }

    private void refuseTag(Optional<String> tag, Event event) {
        tag.ifPresent(name -> problems.add(Problem.error(
                place(event), "yaml-tag", "Cannot use tag " + name + ": tags are not allowed", "remove it")));
    }

    private void count(int more, Event event) {
        values += more;
        if (values > YamlLimits.VALUES) {
            throw new LimitExceeded(Problem.error(
                    place(event),
                    "yaml-limit",
                    "Cannot read YAML: it has more than " + YamlLimits.VALUES + " values, aliases followed",
                    null));
        }
    }

    private Place place(Event event) {
        return YamlReader.place(source, mark(event));
    }

    private static Mark mark(Event event) {
        return event.getStartMark().orElseThrow();
    }
}
