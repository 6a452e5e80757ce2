namespace Tradepost.App.Learning;

/// <summary>Work without effects, such as reading a file, that the process may end in the middle of.</summary>
internal static class Abandonable
{
    /// <summary>
    /// Waits for the work; when the token is cancelled it is left to itself, and what it finds is of no interest any more.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
