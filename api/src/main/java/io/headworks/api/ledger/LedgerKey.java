package io.headworks.api.ledger;

/**
 * Whose loads of which table.
 *
 * @param dataset {@code connection:[schema.]table}, free of the environment
 */
public record LedgerKey(String projectId, String environment, String tenant, String pipeline, String dataset) {}
