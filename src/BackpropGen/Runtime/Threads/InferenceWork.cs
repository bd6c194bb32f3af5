namespace BackpropGen.Runtime;

/// <summary>What each thread of a team does in a call of inference.</summary>
/// <param name="team">The team, which knows the call's arguments.</param>
/// <param name="share">The thread's share.</param>
internal delegate void InferenceWork(ThreadTeam team, InferenceShare share);
