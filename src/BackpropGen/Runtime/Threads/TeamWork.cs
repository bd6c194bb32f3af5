using System.ComponentModel;

namespace BackpropGen.Runtime;

/// <summary>What each thread of a team does: its share of a call.</summary>
/// <param name="team">The team, which knows the call's arguments.</param>
/// <param name="share">The thread's share.</param>
/// <returns>The total of a loss, as the thread of share 0 has gathered it; 0 where there is none.</returns>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate double TeamWork(ThreadTeam team, TeamShare share);
