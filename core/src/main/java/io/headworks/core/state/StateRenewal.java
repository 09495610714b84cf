package io.headworks.core.state;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.state.StateHome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The state on a server made anew in one transaction: the others see the old one or the new one. */
public final class StateRenewal {
    private final StateHome home;

    public StateRenewal(StateHome home) {
        this.home = home;
    }

    /**
     * Makes it from what is left. What is there is kept aside, unless nothing is there.
     *
     * @param mark what the name of the old one ends with from now on
     */
    public Rebuilt from(RebuiltContent content, String mark) {
        try (StateDatabase state = StateDatabase.unprepared(home)) {
            StateHome.Aside aside = home.aside(mark);
            boolean whole = isEmpty(state);
            boolean kept = !whole && state.onSession(home::isThere);
            AtomicReference<KeptDocuments.Count> documents = new AtomicReference<>(new KeptDocuments.Count(0, 0));
            state.inTransaction(() -> {
                state.onSession(session -> {
                    home.lockDefinitions(session);
                    return true;
                });
                state.script(kept ? aside.statements() : List.of());
                state.script(whole ? List.of() : Migrations.statements(home, 0));
                documents.set(content.into(state));
            });
            return Rebuilt.of(content, Objects.requireNonNull(documents.get()), kept ? aside.place() : null);
        }
    }

    /** True for whole tables without any run; whoever may not rename them can have them made by somebody who may. */
    private static boolean isEmpty(StateDatabase state) {
        try {
            return new Migrations(state).isPresent()
                    && state.query("select 1 from run limit 1", row -> row.getInt(1))
                            .isEmpty();
        } catch (HeadworksException unusable) {
            if (unusable.kind() == FailureKind.RESOURCES) {
                return false;
            }
            throw unusable;
        }
    }
}
