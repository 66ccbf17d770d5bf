package io.metastore.server.metrics;

import java.util.List;

/// A value that is looked up when somebody asks for it.
///
/// @param labels their values
public record Reading(List<String> labels, double value) {
    public Reading {
        labels = List.copyOf(labels);
    }

    public static Reading of(double value, String... labels) {
        return new Reading(List.of(labels), value);
    }
}
