package io.headworks.cli;

import io.headworks.api.failure.FailureKind;
import io.headworks.api.failure.HeadworksException;
import io.headworks.api.run.Cancellation;
import io.headworks.core.plan.Request;
import io.headworks.core.proof.Proof;
import io.headworks.core.proof.ProofDocument;
import io.headworks.core.proof.ReplayOnce;
import io.headworks.core.proof.VerifyPipeline;
import io.headworks.core.spec.PipelineSpec;
import io.headworks.core.spec.Project;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proves that a pipeline's load can be repeated and killed. */
@Command(
        name = "verify",
        description = "Prove that a load survives repetition and kill -9: replay its next batch into places of its own",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  hw verify orders                     once, again, killed at five points",
            "  hw verify orders --kills 50          more of them",
            "  hw verify orders --seed 4711         the kills of an earlier report",
            "  hw verify orders --from 2024-01-01 --to 2024-02-01   a slice",
            "  hw verify orders --in scratch        in databases that are made with connection scratch",
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int USUAL_KILLS = 5;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PIPELINE", description = "What to verify")
    private String name = "";

    @Option(names = "--from", paramLabel = "X", description = "Start of a slice, inclusive")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "Y", description = "End of a slice, exclusive")
    private @Nullable String to;

    @Option(
            names = "--in",
            paramLabel = "CONNECTION",
            description =
                    "Where to make databases for the replays of a target on a server (default: the target's own server)")
    private @Nullable String in;

    @Option(names = "--full", description = "Start from the whole table, where the keys of the batch would do")
    private boolean full;

    @Option(
            names = "--kills",
            paramLabel = "N",
            converter = NumberArgument.NotNegative.class,
            description = "Replays to kill at random points and run again (default: 5)")
    private int kills = USUAL_KILLS;

    @Option(names = "--seed", paramLabel = "N", description = "Chooses the points (default: another one each time)")
    private @Nullable Long seed;

    @Option(names = "--replay", paramLabel = "FOLDER", hidden = true, description = "One replay, for another process")
    private @Nullable Path replay;

    @Override
    public Integer call() {
        Invocation invocation = Invocation.of(spec);
        if ((from == null) != (to == null)) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot verify a slice: --from and --to belong together",
                    "as hw verify orders --from 2024-01-01 --to 2024-02-01");
        }
        Project project = invocation.project();
        List<PipelineSpec> chosen = Chosen.of(project, List.of(name), List.of(), false);
        if (chosen.size() != 1) {
            throw new HeadworksException(
                    FailureKind.PROJECT,
                    "Cannot verify " + chosen.size() + " pipelines at once",
                    "name one: " + chosen.stream().map(PipelineSpec::name).toList());
        }
        PipelineSpec pipeline = chosen.get(0);
        Cancellation cancellation = new Cancellation();
        try (Signals signals = Signals.cancelling(cancellation)) {
            return replay != null
                    ? ReplayOnce.run(invocation.setup(), project, pipeline, in, replay, cancellation)
                    : verify(invocation, project, pipeline, cancellation);
        }
    }

    private int verify(Invocation invocation, Project project, PipelineSpec pipeline, Cancellation cancellation) {
        Console console = invocation.console();
        long chosen = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        console.note("seed " + chosen);
        Proof proof = new VerifyPipeline(
                        invocation.setup(),
                        project,
                        pipeline,
                        new ReplayProcess(invocation.options(), pipeline.name(), in),
                        replayed -> ProofLines.show(replayed, console),
                        cancellation)
                .run(new Request(from, to, false), in, full, kills, chosen);
        ProofLines.sum(proof, console);
        console.document(ProofDocument.of(proof));
        return proof.holds() ? 0 : 1;
    }
}
