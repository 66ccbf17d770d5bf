package io.metastore.crds.admission;

/// Why a resource is not stored.
///
/// @param field the field at fault as the API server names it, for example `spec.storage.size`; empty for the whole
public record Refusal(String field, String message) {}
