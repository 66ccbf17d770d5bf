package io.metastore.server.upkeep;

import java.time.Duration;

/// Limits of the lease clock.
///
/// @param tick how often leases are looked at; an expiry is noticed at most so much late
/// @param revokesInFlight expired leases whose end is proposed and not yet answered
/// @param checkpointsInFlight commands with notes of remaining times that are proposed and not yet answered
/// @param leasesPerCheckpoint notes in one such command
/// @param retry the pause before the end of a lease is proposed again after a refusal
/// @param pendingRequests renewals and questions that wait for an answer; more are refused
public record LeaseSettings(
        Duration tick,
        int revokesInFlight,
        int checkpointsInFlight,
        int leasesPerCheckpoint,
        Duration retry,
        int pendingRequests) {
    public static final LeaseSettings DEFAULT =
            new LeaseSettings(Duration.ofMillis(100), 2048, 4, 1000, Duration.ofMillis(500), 200_000);

    public LeaseSettings {
        requirePositive("tick", tick.toMillis());
        requirePositive("revokesInFlight", revokesInFlight);
        requirePositive("checkpointsInFlight", checkpointsInFlight);
        requirePositive("leasesPerCheckpoint", leasesPerCheckpoint);
        requirePositive("retry", retry.toMillis());
        requirePositive("pendingRequests", pendingRequests);
    }

    private static void requirePositive(String name, long number) {
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be positive: " + number);
        }
    }
}
