package io.metastore.operator.plan;

import io.metastore.crds.ConditionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What to do now, and why.
///
/// @param steps in order; at most one of them disturbs anybody, and at most one changes the members
/// @param reason for people: names the member, the cause and what comes next
/// @param again when to look again if nothing happens meanwhile
/// @param block what needs a person
public record Plan(Activity activity, List<Step> steps, String reason, Duration again, Optional<Block> block) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WHILE_WAITING = Duration.ofSeconds(2);
    private static final Duration AT_REST = Duration.ofSeconds(10);

    /// What the operator is busy with.
    public enum Activity {
        BOOTSTRAPPING,
        SCALING,
        REPAIRING,
        UPDATING,
        HIBERNATING,
        HIBERNATED,
        PAUSED,
        NO_QUORUM,
        BLOCKED,
        RESTING
    }

    /// What stands in the way until a person does something.
    ///
    /// @param condition which one is not as it should be
    public record Block(ConditionType condition, String reason) {}

    public Plan {
        steps = List.copyOf(steps);
    }

    static Plan of(Activity activity, Step step, String reason) {
        return of(activity, List.of(step), reason);
    }

    static Plan of(Activity activity, List<? extends Step> steps, String reason) {
        return new Plan(activity, List.copyOf(steps), reason, SOON, Optional.empty());
    }

    static Plan await(Activity activity, String reason) {
        return new Plan(activity, List.of(), reason, WHILE_WAITING, Optional.empty());
    }

    static Plan idle(Activity activity, String reason) {
        return new Plan(activity, List.of(), reason, AT_REST, Optional.empty());
    }

    static Plan blocked(ConditionType condition, String reason) {
        return new Plan(Activity.BLOCKED, List.of(), reason, AT_REST, Optional.of(new Block(condition, reason)));
    }

    /// The same after what can be done in any case.
    Plan after(List<Step> upkeep) {
        var all = new ArrayList<>(upkeep);
        all.addAll(steps);
        return new Plan(activity, all, reason, again, block);
    }
}
