using Microsoft.AspNetCore.Http;

namespace Tradepost.Serving.Callers;

/// <summary>Keeps the caller with the request.</summary>
internal static class CallerExtensions
{
    private static readonly object Key = new();
    private static readonly object UnprovenKey = new();

    public static Caller? FindCaller(this HttpContext context) => context.Items.TryGetValue(Key, out var caller) ? (Caller?)caller : null;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;

    /// <summary>Whether the request has a token of which only the store, which is away, could say whether it counts.</summary>
    public static bool IsUnproven(this HttpContext context) => context.Items.ContainsKey(UnprovenKey);

    public static void SetUnproven(this HttpContext context) => context.Items[UnprovenKey] = true;
}
