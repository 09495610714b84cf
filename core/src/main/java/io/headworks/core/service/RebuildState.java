package io.headworks.core.service;

import io.headworks.api.connection.Connector;
import io.headworks.api.ledger.LedgerRow;
import io.headworks.api.state.StateHome;
import io.headworks.core.run.Workspace;
import io.headworks.core.state.Rebuilt;
import io.headworks.core.state.RebuiltContent;
import io.headworks.core.state.StateFile;
import io.headworks.core.state.StateRenewal;
import io.headworks.core.state.StateReplacement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the state anew from what every target's ledger says and from the run documents; the old one is kept aside. */
public final class RebuildState {
    private static final DateTimeFormatter MARK =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    private final Setup setup;

    public RebuildState(Setup setup) {
        this.setup = setup;
    }

    /** @param environments a workbench for each environment of the project; one workspace serves them all */
    public Rebuilt run(List<Workbench> environments) {
        Workspace workspace = environments.get(0).workspace();
        List<LedgerRow> ledger = new ArrayList<>();
        environments.forEach(bench -> ledger.addAll(ledger(bench)));
        RebuiltContent content = new RebuiltContent(ledger, workspace.runs());
        String mark = MARK.format(setup.clock().instant());
        StateHome home = environments.get(0).state().home();
        return home instanceof StateFile present
                ? new StateReplacement(present.file()).from(content, "kept-" + mark)
                : new StateRenewal(home).from(content, mark);
    }

    private List<LedgerRow> ledger(Workbench bench) {
        List<LedgerRow> rows = new ArrayList<>();
        String environment = bench.project().environment().name();
        try (Workbench.Session session = bench.open()) {
            bench.project().connections().forEach((name, connection) -> {
                Connector connector = setup.connectors().of(connection);
                if (connector.isTarget()) {
                    rows.addAll(session.connections()
                            .target(name)
                            .ledger(bench.project().id(), environment));
                }
            });
        }
        return rows;
    }

    /** The public document of {@code hw state rebuild}. */
    public static Map<String, @Nullable Object> document(Rebuilt rebuilt) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("ledger_rows", rebuilt.ledgerRows());
        tree.put("runs", rebuilt.runs());
        tree.put("unreadable_run_documents", rebuilt.unreadable());
        tree.put("kept_aside", rebuilt.keptAside());
        return Map.of("rebuilt", tree);
    }
}
