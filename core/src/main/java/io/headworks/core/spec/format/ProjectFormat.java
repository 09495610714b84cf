package io.headworks.core.spec.format;

import io.headworks.api.dataset.DatasetName;
import io.headworks.api.secret.Secret;
import io.headworks.core.spec.AlertChannel;
import io.headworks.core.spec.descriptor.ChoiceKind;
import io.headworks.core.spec.descriptor.Key;
import io.headworks.core.spec.descriptor.Kind;
import io.headworks.core.spec.descriptor.ListKind;
import io.headworks.core.spec.descriptor.ObjectKind;
import io.headworks.core.spec.descriptor.ScalarKind;
import io.headworks.core.spec.descriptor.ScalarKind.Form;
import io.headworks.core.spec.descriptor.Scalars;
import java.util.List;
import java.util.Map;

/** What headworks.yml says beside connections and environments. */
public final class ProjectFormat {
    private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private static final Key<String> NAME =
            Key.of("name", Scalars.NAMED, "The project's name.").mandatory().like("flights");
    private static final Key<String> ID = Key.of(
                    "id",
                    ScalarKind.of(
                                    "UUID",
                                    "a UUID, as 0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10",
                                    Form.TEXT,
                                    text -> text.matches(UUID) ? text : null)
                            .matching(UUID),
                    "Names the project in the ledgers of targets: never change it.")
            .mandatory()
            .like("0192f3c4-7c1e-7b1a-9f3e-2f6f1f1f9a10");

    public static final ObjectKind<Identity> IDENTITY = ObjectKind.of(
            "project", "What the project is called.", List.of(NAME, ID), v -> new Identity(v.get(NAME), v.get(ID)));

    private static final Key<String> TYPE = Key.of(
                    "type",
                    ChoiceKind.of(Map.of("webhook", "webhook"))
                            .later("email", "alerts by e-mail")
                            .later("slack", "alerts to Slack"),
                    "How it is told.")
            .mandatory()
            .like("webhook");
    private static final Key<Secret> URL = Key.of("url", Scalars.SECRET, "The address; it often carries a token.")
            .mandatory()
            .like("\"${env:ALERT_URL}\"");

    /** Without its name, which is the key. */
    public static final ObjectKind<AlertChannel> ALERT_CHANNEL = ObjectKind.of(
            "alert channel",
            "Where alerts go.",
            List.of(TYPE, URL),
            v -> new AlertChannel("", v.get(TYPE), v.get(URL)));

    /** Datasets that come from outside the project. */
    public static final Kind<List<DatasetName>> EXTERNAL = ListKind.of(Names.DECLARED_DATASET);

    private ProjectFormat() {}

    public record Identity(String name, String id) {}
}
