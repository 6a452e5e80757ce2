using Tradepost.Arguments;

namespace Tradepost.App.Users.Passwords;

/// <summary>Which e-mails and passwords are taken.</summary>
internal static class PasswordRules
{
    public const int Shortest = 12;
    public const int Longest = 256;
    private const int LongestEmail = 254;

    public static string Check(string password, string email) =>
        password switch
        {
            { Length: < Shortest or > Longest } => throw new WrongArgumentException(
                "password",
                $"The password has {password.Length} characters; between {Shortest} and {Longest} are expected."
            ),
            _ when GuessablePassword.Find(password, email) is { } what => throw new WrongArgumentException(
                "password",
                $"The password is {what}; several words together make a good one."
            ),
            _ => password,
        };

    /// <summary>An e-mail as it is kept: without space around it, in lower case.</summary>
    public static string Email(string email)
    {
        var plain = email.Trim().ToLowerInvariant();
        var at = plain.IndexOf('@', StringComparison.Ordinal);
        var isGood =
            at > 0
            && at < plain.Length - 1
            && at == plain.LastIndexOf('@')
            && plain.Length <= LongestEmail
            && !plain.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
        return isGood
            ? plain
            : throw new WrongArgumentException("email", "The e-mail cannot be used; expected is an address such as anna@example.com.");
    }
}
