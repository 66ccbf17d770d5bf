package io.metastore.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What is to be asked of a running cluster by somebody who looks after it.
///
/// @param endpoints members that serve clients, at least one: the first that answers is asked
/// @param timeout for each call
/// @param json whether the answer is for a program
public record AdminConfig(List<SourceConfig> endpoints, Action action, Duration timeout, boolean json) {
    public AdminConfig {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new ConfigException("no endpoint was given");
        }
        if (!timeout.isPositive()) {
            throw new ConfigException("the timeout must be positive");
        }
    }

    /// What a member that is added is to be.
    public enum Role {
        VOTER,
        LEARNER,
        WITNESS
    }

    /// What is to be done. Members are named by their ids in hexadecimal, or by their names.
    public sealed interface Action {
        record Members() implements Action {}

        /// Adds a member that has yet to be started.
        ///
        /// @param expected the version of the members that the change is for; empty for whatever is there
        record Add(List<String> peerUrls, Role role, String expected) implements Action {
            public Add {
                peerUrls = List.copyOf(peerUrls);
            }
        }

        record Remove(String member, String expected) implements Action {}

        record Promote(String member, String expected) implements Action {}

        record Replace(String member, Successor successor, String expected) implements Action {}

        /// Hands leadership over.
        ///
        /// @param heir nothing for whoever is best
        record Transfer(Optional<String> heir) implements Action {}

        /// Asks whether a member may stop.
        ///
        /// @param member nothing for the one that is asked
        record PrepareStop(Optional<String> member, boolean force) implements Action {}
    }

    /// Who takes another one's place.
    public sealed interface Successor {
        /// One that has yet to be started.
        record Newcomer(List<String> peerUrls) implements Successor {
            public Newcomer {
                peerUrls = List.copyOf(peerUrls);
            }
        }

        record Learner(String member) implements Successor {}
    }
}
