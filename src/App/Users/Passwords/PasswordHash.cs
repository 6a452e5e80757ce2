using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tradepost.App.Users.Passwords;

/// <summary>Slow salted hashes of passwords: PBKDF2 with HMAC-SHA512, written as <c>pbkdf2-sha512$iterations$salt$hash</c>.</summary>
internal static class PasswordHash
{
    public const int DefaultIterations = 400_000;

    private const string Scheme = "pbkdf2-sha512";
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int MostIterations = 10_000_000;

    /// <summary>The hash of no password, so that an unknown e-mail costs as much time as a known one.</summary>
    public static string OfNobody(int iterations) => Write(iterations, new byte[SaltBytes], new byte[HashBytes]);

    public static string Of(string password, int iterations = DefaultIterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Write(iterations, salt, Derive(password, salt, iterations));
    }

    public static bool Matches(string password, string hash)
    {
        var parts = hash.Split('$');
        return
            parts is [Scheme, var count, var salt, var expected]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            && iterations is > 0 and <= MostIterations
            ? CryptographicOperations.FixedTimeEquals(
                Derive(password, Convert.FromBase64String(salt), iterations),
                Convert.FromBase64String(expected)
            )
            : throw new FormatException("A user's password hash has a form that this version does not know.");
    }

    /// <summary>Whether a hash was made with less work than is asked for now.</summary>
    public static bool IsWeak(string hash, int iterations = DefaultIterations) =>
        !hash.StartsWith($"{Scheme}${iterations}$", StringComparison.Ordinal);

    private static byte[] Derive(string password, byte[] salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(
            Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC)),
            salt,
            iterations,
            HashAlgorithmName.SHA512,
            HashBytes
        );

    private static string Write(int iterations, byte[] salt, byte[] hash) =>
        $"{Scheme}${iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
}
