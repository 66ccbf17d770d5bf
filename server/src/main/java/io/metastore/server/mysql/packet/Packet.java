package io.metastore.server.mysql.packet;

import io.metastore.server.model.Bytes;

/// What arrived: the joined frames of one message.
///
/// @param sequence of the first frame
/// @param frames how many there were; each takes one number of the sequence
public record Packet(int sequence, int frames, Bytes payload) {}
