namespace Tradepost.App.Users.Auditing;

/// <summary>Something that matters to security.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="At">In UTC.</param>
/// <param name="Actor">The e-mail of who did it; <c>command line</c> for who works on the machine itself.</param>
/// <param name="Action">What was done, such as <c>user.added</c>.</param>
/// <param name="Subject">To whom or what.</param>
/// <param name="Client">The address it came from.</param>
/// <param name="RequestId">The request in the server's log.</param>
internal sealed record AuditEntry(Guid Id, DateTime At, string Actor, string Action, string Subject, string Client, string RequestId);
