package io.headworks.core.report;

import io.headworks.core.spec.Place;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** JUnit's XML, as build servers read it. */
public final class JUnitXml {
    private final UnaryOperator<String> masked;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** How a case ended. */
    public enum Outcome {
        PASSED,
        FAILED,
        ERROR,
        /** There was nothing to be judged. */
        SKIPPED
    }

    /** One judgement. */
    public record Case(
            String subject, String name, @Nullable Place place, double seconds, Outcome outcome, List<String> lines) {}

    /** Cases that belong together. */
    public record Suite(String name, List<Case> cases) {}

    private JUnitXml(UnaryOperator<String> masked) throws XMLStreamException {
        this.masked = masked;
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    }

    /** @param masked takes secrets out of what is written */
    public static String of(List<Suite> suites, UnaryOperator<String> masked) {
        try {
            JUnitXml report = new JUnitXml(masked);
            report.write(suites);
            return report.text.toString();
        } catch (XMLStreamException defect) {
            throw new IllegalStateException("Cannot write XML: " + defect.getMessage(), defect);
        }
    }

    private void write(List<Suite> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        begin("testsuites");
        counts(suites.stream().flatMap(suite -> suite.cases().stream()).toList());
        for (Suite suite : suites) {
            begin("testsuite");
            attribute("name", suite.name());
            counts(suite.cases());
            for (Case each : suite.cases()) {
                write(each);
            }
            end();
        }
        end();
        xml.writeEndDocument();
        xml.close();
    }

    private void counts(List<Case> cases) throws XMLStreamException {
        attribute("tests", Integer.toString(cases.size()));
        attribute("failures", Long.toString(count(cases, Outcome.FAILED)));
        attribute("errors", Long.toString(count(cases, Outcome.ERROR)));
        if (count(cases, Outcome.SKIPPED) > 0) {
            attribute("skipped", Long.toString(count(cases, Outcome.SKIPPED)));
        }
        attribute("time", seconds(cases.stream().mapToDouble(Case::seconds).sum()));
    }

    private static long count(List<Case> cases, Outcome outcome) {
        return cases.stream().filter(each -> each.outcome() == outcome).count();
    }

    private void write(Case each) throws XMLStreamException {
        begin("testcase");
        attribute("classname", each.subject());
        attribute("name", each.name());
        Place place = each.place();
        if (place != null) {
            attribute("file", place.file());
            attribute("line", Integer.toString(place.line()));
        }
        attribute("time", seconds(each.seconds()));
        if (each.outcome() != Outcome.PASSED) {
            begin(element(each.outcome()));
            attribute("message", each.lines().isEmpty() ? "" : each.lines().get(0));
            xml.writeCharacters(valid(String.join("\n", each.lines())));
            end();
        }
        end();
    }

    private static String element(Outcome outcome) {
        return switch (outcome) {
            case FAILED -> "failure";
            case SKIPPED -> "skipped";
            default -> "error";
        };
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private void begin(String element) throws XMLStreamException {
        xml.writeStartElement(element);
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
        xml.writeCharacters("\n");
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, valid(value));
    }

    /** XML 1.0 has no place for most control characters, however they are written. */
    private String valid(String value) {
        StringBuilder valid = new StringBuilder();
        masked.apply(value).codePoints().forEach(point -> valid.appendCodePoint(isValid(point) ? point : '\uFFFD'));
        return valid.toString();
    }

    private static boolean isValid(int point) {
        boolean control = point < ' ' && point != '\n' && point != '\t' && point != '\r';
        return !control && !Character.isSurrogate((char) point) && point != 0xFFFE && point != 0xFFFF || point > 0xFFFF;
    }
}
