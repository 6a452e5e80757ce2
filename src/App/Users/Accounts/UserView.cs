using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.Accounts;

/// <summary>A user as others see them.</summary>
internal sealed record UserView
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required bool IsDisabled { get; init; }

    public required bool HasPassword { get; init; }

    public required DateTime CreatedAt { get; init; }

    public static UserView Of(User user) =>
        new()
        {
            Id = user.Id,
            Email = user.Email,
            Role = user.Role,
            IsDisabled = user.IsDisabled,
            HasPassword = user.PasswordHash is not null,
            CreatedAt = user.CreatedAt,
        };
}
