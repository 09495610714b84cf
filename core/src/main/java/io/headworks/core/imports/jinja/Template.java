package io.headworks.core.imports.jinja;

import io.headworks.core.imports.jinja.TemplateScanner.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A template that was read. What cannot be read is a piece too. */
public record Template(List<Piece> pieces) {
    private static final Pattern WORD = Pattern.compile("(\\w+)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern SET = Pattern.compile("(\\w+)\\s*=(?!=)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern FOR = Pattern.compile("(\\w+(?:\\s*,\\s*\\w+)*)\\s+in\\s+(.+)", Pattern.DOTALL);
    private static final List<String> NAMED = List.of("snapshot", "test", "docs", "materialization");

    public Template {
        pieces = List.copyOf(pieces);
    }

    public static Template of(String text) {
        Parser parser = new Parser(TemplateScanner.scan(text));
        List<Piece> pieces = parser.until(List.of());
        return new Template(pieces);
    }

    private static final class Parser {
        private final List<Segment> segments;
        private int at;
        private String closing = "";

        Parser(List<Segment> segments) {
            this.segments = segments;
        }

        /** The pieces before one of some closing words; that statement is taken, and kept as {@link #closing}. */
        List<Piece> until(List<String> closers) {
            List<Piece> pieces = new ArrayList<>();
            while (at < segments.size()) {
                Segment segment = segments.get(at++);
                String word = segment.kind() == TemplateScanner.Kind.STATEMENT ? firstWord(segment.text()) : "";
                if (closers.contains(word)) {
                    closing = segment.text();
                    return pieces;
                }
                pieces.add(guarded(segment, word));
            }
            closing = "";
            if (!closers.isEmpty()) {
                pieces.add(new Piece.Unknown(
                        segments.get(segments.size() - 1).line(), "", closers.get(closers.size() - 1) + " is missing"));
            }
            return pieces;
        }

        private Piece guarded(Segment segment, String word) {
            try {
                return switch (segment.kind()) {
                    case TEXT -> new Piece.Text(segment.line(), segment.text());
                    case COMMENT -> new Piece.Comment(segment.line(), segment.text());
                    case OUTPUT ->
                        new Piece.Output(segment.line(), segment.text(), ExpressionParser.parse(segment.text()));
                    case STATEMENT -> statement(segment, word);
                };
            } catch (NotRewritable unreadable) {
                return new Piece.Unknown(segment.line(), segment.text(), unreadable.reason());
            }
        }

        private Piece statement(Segment segment, String word) {
            String rest = segment.text()
                    .substring(Math.min(word.length(), segment.text().length()))
                    .strip();
            return switch (word) {
                case "set" -> set(segment, rest);
                case "do" -> new Piece.Do(segment.line(), segment.text(), ExpressionParser.parse(rest));
                case "if" -> branches(segment, rest);
                case "for" -> loop(segment, rest);
                case "macro" -> macro(segment, rest);
                default ->
                    NAMED.contains(word)
                            ? new Piece.Block(segment.line(), word, rest, until(List.of("end" + word)))
                            : unknown(segment, word);
            };
        }

        private Piece unknown(Segment segment, String word) {
            if (List.of("call", "filter", "block", "autoescape").contains(word)) {
                until(List.of("end" + word));
            }
            return new Piece.Unknown(segment.line(), segment.text(), "the statement is not known");
        }

        private Piece set(Segment segment, String rest) {
            Matcher value = SET.matcher(rest);
            if (value.matches()) {
                return new Piece.Set(segment.line(), value.group(1), ExpressionParser.parse(value.group(2)));
            }
            List<Piece> body = until(List.of("endset"));
            return rest.matches("\\w+")
                    ? new Piece.SetBlock(segment.line(), rest, body)
                    : new Piece.Unknown(segment.line(), segment.text(), "the statement is not known");
        }

        private Piece branches(Segment segment, String first) {
            List<Piece.Branch> branches = new ArrayList<>();
            List<Piece> otherwise = List.of();
            NotRewritable unreadable = null;
            String condition = first;
            while (true) {
                List<Piece> body = until(List.of("elif", "else", "endif"));
                String closed = closing;
                try {
                    branches.add(new Piece.Branch(ExpressionParser.parse(condition), body));
                } catch (NotRewritable failed) {
                    unreadable = failed;
                }
                if (firstWord(closed).equals("elif")) {
                    condition = closed.substring("elif".length());
                    continue;
                }
                if (firstWord(closed).equals("else")) {
                    otherwise = until(List.of("endif"));
                }
                break;
            }
            return unreadable == null
                    ? new Piece.If(segment.line(), segment.text(), branches, otherwise)
                    : new Piece.Unknown(segment.line(), segment.text(), unreadable.reason());
        }

        private Piece loop(Segment segment, String rest) {
            List<Piece> body = until(List.of("endfor"));
            Matcher loop = FOR.matcher(rest);
            if (!loop.matches()) {
                return new Piece.Unknown(segment.line(), segment.text(), "the loop cannot be read");
            }
            List<String> names = List.of(loop.group(1).split("\\s*,\\s*"));
            return new Piece.For(segment.line(), segment.text(), names, ExpressionParser.parse(loop.group(2)), body);
        }

        private Piece macro(Segment segment, String rest) {
            List<Piece> body = until(List.of("endmacro"));
            Tokens tokens = new Tokens(rest);
            String name = tokens.word();
            tokens.expect("(");
            List<Piece.Parameter> parameters = new ArrayList<>();
            while (!tokens.take(")")) {
                String parameter = tokens.word();
                Expression otherwise = tokens.take("=") ? new ExpressionParser(tokens).expression() : null;
                parameters.add(new Piece.Parameter(parameter, otherwise));
                if (!tokens.take(",")) {
                    tokens.expect(")");
                    break;
                }
            }
            return new Piece.Macro(segment.line(), name, parameters, body);
        }

        private static String firstWord(String code) {
            Matcher word = WORD.matcher(code);
            return word.matches() ? word.group(1) : "";
        }
    }
}
