package io.metastore.operator.model;

/// One object of Kubernetes as it was seen: another one by the same name, and the same one after a
/// change, have another.
public record ObjectId(String uid, String resourceVersion) {}
