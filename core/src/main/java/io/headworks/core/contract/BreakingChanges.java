package io.headworks.core.contract;

import io.headworks.core.spec.Contract;
import io.headworks.core.spec.Contract.Policy;
import io.headworks.core.spec.ContractNotice;
import io.headworks.core.spec.Contracts;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a contract may differ from what was published, by the policy of both: the stricter wins. */
public final class BreakingChanges {
    private static final Pattern MAJOR = Pattern.compile("(\\d+)(\\..*)?");

    private final Contracts contracts;
    private final LocalDate today;

    /** @param today in UTC */
    public BreakingChanges(Contracts contracts, LocalDate today) {
        this.contracts = contracts;
        this.today = today;
    }

    /**
     * Why a contract may not be used as it is.
     *
     * @param reason continues "Cannot …: "
     * @param hint what to do
     */
    public record Refusal(String reason, String hint) {}

    /** What breaks against the published version; none where nothing is published. */
    public List<ContractChange> of(Contract contract) {
        return contracts
                .publishedOf(contract)
                .map(published -> ContractComparison.between(published, contract).stream()
                        .filter(ContractChange::isBreaking)
                        .toList())
                .orElse(List.of());
    }

    /** Empty where the policy lets the contract pass. */
    public Optional<Refusal> refusal(Contract contract) {
        Contract published = contracts.publishedOf(contract).orElse(null);
        List<ContractChange> breaking = of(contract);
        Policy policy = published == null ? null : stricter(published.policy(), contract.policy());
        if (published == null || breaking.isEmpty() || policy == null) {
            return Optional.empty();
        }
        String broken = contract.title() + " breaks what was published as " + published.version() + " ("
                + String.join("; ", breaking.stream().map(ContractChange::what).toList()) + ")";
        return switch (policy) {
            case NEVER_BREAK ->
                Optional.of(new Refusal(
                        broken + ", and its policy is never-break",
                        "take the change back, or make a new table with a contract of its own"));
            case VERSION_BUMP -> versionBump(contract, published, broken);
            case NOTIFY_30_DAYS -> notice(contract, breaking, broken);
        };
    }

    private static Optional<Refusal> versionBump(Contract contract, Contract published, String broken) {
        BigInteger before = major(published.version());
        BigInteger after = major(contract.version());
        if (before != null && after != null && after.compareTo(before) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                broken + ", and its policy version-bump asks for a higher major version",
                before == null
                        ? "give the contract a version of numbers, as 2.0.0"
                        : "write version: " + before.add(BigInteger.ONE) + ".0.0"));
    }

    private Optional<Refusal> notice(Contract contract, List<ContractChange> breaking, String broken) {
        List<ContractNotice> own = contracts.notices().stream()
                .filter(notice -> notice.contract().equals(contract.name()))
                .filter(notice -> notice.version().equals(contract.version()))
                .toList();
        List<String> missing = breaking.stream()
                .map(ContractChange::what)
                .filter(change ->
                        own.stream().noneMatch(notice -> notice.changes().contains(change)))
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of(new Refusal(
                    broken + ", and no notice of version " + contract.version() + " announces: "
                            + String.join("; ", missing),
                    "hw contract notice " + contract.name() + " opens one; the change counts " + ContractNotice.DAYS
                            + " days later"));
        }
        return breaking.stream()
                .map(change -> earliest(own, change.what()))
                .filter(notice -> today.isBefore(notice.effective()))
                .max(Comparator.comparing(ContractNotice::effective))
                .map(notice -> new Refusal(
                        broken + ", and the notice of it (" + notice.place().file() + ") takes effect on "
                                + notice.effective(),
                        "run what was published until then, and merge this change on " + notice.effective()));
    }

    private static ContractNotice earliest(List<ContractNotice> notices, String change) {
        return notices.stream()
                .filter(notice -> notice.changes().contains(change))
                .min(Comparator.comparing(ContractNotice::effective))
                .orElseThrow();
    }

    private static @Nullable Policy stricter(@Nullable Policy a, @Nullable Policy b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static @Nullable BigInteger major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.matches() ? new BigInteger(Objects.requireNonNull(matcher.group(1))) : null;
    }
}
