package io.metastore.server.config;

/// Which changes of the members are let in, and whether this one goes on alone.
///
/// @param strict whether changes are refused that could cost the majority
/// @param maxLearners how many learners there may be, at least 0
/// @param forceNewCluster whether this member takes its data and drops all others
public record MembershipConfig(boolean strict, int maxLearners, boolean forceNewCluster) {
    public MembershipConfig {
        if (maxLearners < 0) {
            throw ConfigException.notAllowed("max-learners", maxLearners, "a number of at least 0");
        }
    }

    public static MembershipConfig defaults() {
        return new MembershipConfig(true, 1, false);
    }
}
