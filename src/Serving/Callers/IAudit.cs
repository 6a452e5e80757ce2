using Microsoft.AspNetCore.Http;

namespace Tradepost.Serving.Callers;

/// <summary>Keeps a record of what matters to security; users and their tokens are the program's.</summary>
public interface IAudit
{
    /// <summary>Adds what the caller of a request did to something.</summary>
    /// <param name="context">The request.</param>
    /// <param name="action">What was done, such as <c>reject.mended</c>.</param>
    /// <param name="subject">To whom or what.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task AddAsync(HttpContext context, string action, string subject, CancellationToken cancellationToken);
}
