using Microsoft.AspNetCore.Http;

namespace Tradepost.App.Api.Callers;

/// <summary>Keeps the caller with the request.</summary>
internal static class CallerExtensions
{
    private static readonly object Key = new();

    public static Caller? FindCaller(this HttpContext context) => context.Items.TryGetValue(Key, out var caller) ? (Caller?)caller : null;

    public static void SetCaller(this HttpContext context, Caller caller) => context.Items[Key] = caller;
}
