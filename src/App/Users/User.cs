using Tradepost.Serving.Callers;

namespace Tradepost.App.Users;

/// <summary>A person, or a program, that may sign in.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Email">In lower case.</param>
/// <param name="Role">What may be done.</param>
/// <param name="PasswordHash">Null until a password was set.</param>
/// <param name="IsDisabled">Whether signing in and every token are refused.</param>
/// <param name="CreatedAt">In UTC.</param>
internal sealed record User(Guid Id, string Email, Role Role, string? PasswordHash, bool IsDisabled, DateTime CreatedAt);
