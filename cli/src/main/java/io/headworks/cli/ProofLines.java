package io.headworks.cli;

import io.headworks.core.proof.Proof;
import io.headworks.core.proof.Replayed;

/** Replays as text. */
final class ProofLines {

    private ProofLines() {}

    static void show(Replayed replayed, Console console) {
        console.line((replayed.isEqual()
                        ? console.colour().green("equal")
                        : console.colour().red("differs")) + "  " + replayed.name()
                + console.colour().dim(", " + replayed.rows() + " rows"));
        if (!replayed.problem().isEmpty()) {
            console.line("    " + replayed.problem());
        }
        TestLines.show(replayed.differences(), console);
    }

    static void sum(Proof proof, Console console) {
        proof.notes().forEach(note -> console.line("note: " + note));
        console.line((proof.holds()
                        ? console.colour().green("proven")
                        : console.colour().red("differs")) + ": "
                + proof.pipeline() + " into " + proof.dataset() + ", " + proof.rows() + " rows onto "
                + proof.before() + ", " + proof.kills() + " kills, seed " + proof.seed());
    }
}
