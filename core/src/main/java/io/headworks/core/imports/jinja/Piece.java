package io.headworks.core.imports.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template. Lines count from 1. */
public sealed interface Piece {
    int line();

    record Text(int line, String text) implements Piece {}

    record Comment(int line, String text) implements Piece {}

    /** @param code as it is written, for messages */
    record Output(int line, String code, Expression expression) implements Piece {}

    record Do(int line, String code, Expression expression) implements Piece {}

    record Set(int line, String name, Expression value) implements Piece {}

    record SetBlock(int line, String name, List<Piece> body) implements Piece {
        public SetBlock {
            body = List.copyOf(body);
        }
    }

    record Branch(Expression condition, List<Piece> body) {
        public Branch {
            body = List.copyOf(body);
        }
    }

    record If(int line, String code, List<Branch> branches, List<Piece> otherwise) implements Piece {
        public If {
            branches = List.copyOf(branches);
            otherwise = List.copyOf(otherwise);
        }
    }

    record For(int line, String code, List<String> names, Expression in, List<Piece> body) implements Piece {
        public For {
            names = List.copyOf(names);
            body = List.copyOf(body);
        }
    }

    record Macro(int line, String name, List<Parameter> parameters, List<Piece> body) implements Piece {
        public Macro {
            parameters = List.copyOf(parameters);
            body = List.copyOf(body);
        }
    }

    record Parameter(String name, @Nullable Expression otherwise) {}

    /** A block with a name of its own, as {@code snapshot orders}. */
    record Block(int line, String kind, String name, List<Piece> body) implements Piece {
        public Block {
            body = List.copyOf(body);
        }
    }

    /** What cannot be read, and why. */
    record Unknown(int line, String code, String reason) implements Piece {}
}
