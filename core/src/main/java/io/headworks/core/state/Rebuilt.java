package io.headworks.core.state;

import org.jspecify.annotations.Nullable;

/**
 * What a state was rebuilt from.
 *
 * @param keptAside where the old one is; null when there was none
 */
public record Rebuilt(
        int ledgerRows, int runs, int unreadable, @Nullable String keptAside) {
    static Rebuilt of(RebuiltContent content, KeptDocuments.Count documents, @Nullable Object keptAside) {
        return new Rebuilt(
                content.ledger().size(),
                documents.runs(),
                documents.unreadable(),
                keptAside == null ? null : keptAside.toString());
    }
}
