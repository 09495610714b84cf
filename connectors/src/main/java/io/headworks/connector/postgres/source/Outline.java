package io.headworks.connector.postgres.source;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What the server means to do for a SELECT, by its own EXPLAIN.
 *
 * @param steps the kinds of nodes, from the top
 * @param output the select list of the topmost node, an expression each
 * @param relations the tables read, quoted, by the alias that expressions use
 */
record Outline(double cost, double rows, List<String> steps, List<String> output, Map<String, Relation> relations) {
    /**
     * A row's way through COPY in the planner's units, which do not count it: measured at some 1 µs, where reading a row
     * of a page in memory costs 0.1 µs, 0.01 units.
     */
    private static final double SENDING = 0.1;

    /**
     * Nodes that give the same rows whenever they run on one state, also for a part of the keys. A LIMIT, a window, a
     * DISTINCT or a function may choose others each time, and a foreign server has a state of its own for each session.
     */
    private static final Set<String> STEADY = Set.of(
            "Seq Scan",
            "Index Scan",
            "Index Only Scan",
            "Bitmap Heap Scan",
            "Bitmap Index Scan",
            "BitmapAnd",
            "BitmapOr",
            "Tid Range Scan",
            "Append",
            "Merge Append",
            "Nested Loop",
            "Hash Join",
            "Merge Join",
            "Hash",
            "Sort",
            "Incremental Sort",
            "Materialize",
            "Memoize",
            "Gather",
            "Gather Merge");

    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\d_$]*)";
    private static final Pattern COLUMN = Pattern.compile("(?:" + NAME + "\\.)?" + NAME);

    /** A table and where it is. */
    record Relation(String schema, String name) {}

    /** A column of a table. */
    record Origin(Relation relation, String column) {}

    static Outline of(Connection session, String select) throws SQLException {
        String plan = Objects.requireNonNull(Snapshot.text(session, "EXPLAIN (VERBOSE, FORMAT XML) " + select));
        Element top = children(element(plan, "Query"), "Plan").get(0);
        List<String> steps = new ArrayList<>();
        Map<String, Relation> relations = new HashMap<>();
        walk(top, steps, relations);
        List<String> output = new ArrayList<>();
        children(top, "Output")
                .forEach(list -> children(list, "Item").forEach(item -> output.add(item.getTextContent())));
        return new Outline(number(top, "Total-Cost"), number(top, "Plan-Rows"), steps, output, relations);
    }

    private static Element element(String plan, String name) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(plan)))
                    .getDocumentElement();
            return children(root, name).get(0);
        } catch (ParserConfigurationException | SAXException | IOException unreadable) {
            throw new IllegalStateException("Cannot read a plan of PostgreSQL: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void walk(Element plan, List<String> steps, Map<String, Relation> relations) {
        steps.add(text(plan, "Node-Type"));
        if (!children(plan, "Relation-Name").isEmpty()) {
            relations.put(text(plan, "Alias"), new Relation(text(plan, "Schema"), text(plan, "Relation-Name")));
        }
        children(plan, "Plans").forEach(inner -> children(inner, "Plan").forEach(each -> walk(each, steps, relations)));
    }

    private static String text(Element parent, String name) {
        return children(parent, name).get(0).getTextContent();
    }

    private static double number(Element parent, String name) {
        return Double.parseDouble(text(parent, name));
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** True when it gives the same rows each time, and the rows of some keys when these are asked for. */
    boolean isSteady() {
        return STEADY.containsAll(steps);
    }

    boolean readsWholeTable() {
        return steps.contains("Seq Scan");
    }

    /** The column that is handed on unchanged in a place of the select list; null where it is computed. */
    @Nullable
    Origin origin(int place) {
        Matcher column = COLUMN.matcher(place < output.size() ? output.get(place) : "");
        if (!column.matches()) {
            return null;
        }
        String alias = column.group(1);
        Relation relation = alias != null
                ? relations.get(unquoted(alias))
                : relations.size() == 1 ? relations.values().iterator().next() : null;
        return relation == null ? null : new Origin(relation, unquoted(column.group(2)));
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    /** What reading costs, sending included. */
    double effort() {
        return cost + rows * SENDING;
    }
}
