using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.SignIns;

/// <summary>Who a token belongs to.</summary>
internal sealed record Me(Guid Id, string Email, Role Role);
